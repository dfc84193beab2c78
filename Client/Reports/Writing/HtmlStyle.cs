namespace Sweeper.Client.Reports.Writing;

/// <summary>Look of a report in HTML: light and dark, wide and narrow, on paper. Without any sign that XML would escape.</summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet.</summary>
    public const string Sheet =
        """

        :root { color-scheme: light dark; --ground: #fff; --text: #202124; --soft: #5f6368; --line: #dadce0; --panel: #f6f7f9; --link: #0b57a4; --warn: #8a4b00; --warn-ground: #fff4e0; }
        @media (prefers-color-scheme: dark) {
          :root { --ground: #16181b; --text: #e8eaed; --soft: #a9aeb4; --line: #3c4043; --panel: #202327; --link: #8ab8f0; --warn: #ffc66d; --warn-ground: #33291a; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, "DejaVu Sans", Verdana, sans-serif; overflow-wrap: anywhere; }
        header, nav, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
        header { padding-top: 2rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
        p, ul, dl { margin: .6rem 0; }
        .subtitle, footer, figcaption, caption { color: var(--soft); font-size: .9rem; }
        .subtitle { margin-top: .3rem; }
        footer { padding-top: 2rem; padding-bottom: 3rem; }
        a { color: var(--link); }
        nav ol { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; margin: 1rem 0 0; padding: 0; font-size: .9rem; }
        #verdict { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1.25rem .75rem; margin-top: 1.5rem; }
        #verdict h2 { margin-top: .75rem; }
        .note { border-left: .3rem solid var(--link); background: var(--panel); padding: .5rem .9rem; }
        .warning { border-color: var(--warn); background: var(--warn-ground); }
        .warning strong { color: var(--warn); }
        figure { margin: 1.25rem 0; }
        figcaption { margin-top: .4rem; }
        .scroll { overflow-x: auto; }
        .drawing { background: #fff; border: 1px solid var(--line); border-radius: .4rem; padding: .25rem; }
        .drawing svg { display: block; width: 100%; min-width: 36rem; height: auto; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; margin: .75rem 0; }
        caption { text-align: left; padding-bottom: .4rem; max-width: calc(100vw - 3rem); }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal; }
        th { font-weight: 600; }
        thead th { white-space: nowrap; border-bottom-width: 2px; vertical-align: bottom; }
        tbody th { white-space: nowrap; }
        .number { text-align: right; white-space: nowrap; }
        td svg { display: block; width: 9.4rem; height: auto; background: #fff; border-radius: .2rem; }
        .words { min-width: 16rem; overflow-wrap: anywhere; }
        tbody th.words { white-space: normal; font-weight: 400; }
        .heat td { text-align: center; white-space: nowrap; border: 1px solid var(--ground); min-width: 4.2rem; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        .heat thead th { text-align: center; }
        .heat .best { font-weight: 700; outline: 2px solid var(--text); outline-offset: -2px; }
        .blank { color: var(--soft); background: repeating-linear-gradient(45deg, transparent 0 4px, var(--line) 4px 5px); }
        pre { background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; padding: .75rem 1rem; overflow-x: auto; font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; }
        dt { color: var(--soft); }
        dd { margin: 0; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        @media (max-width: 40rem) {
          body { font-size: 15px; }
          header, nav, main, footer { padding-left: .8rem; padding-right: .8rem; }
          h1 { font-size: 1.5rem; }
          dl { grid-template-columns: 1fr; gap: 0; }
          dd { margin-bottom: .5rem; }
        }
        @media print {
          :root { color-scheme: light; --ground: #fff; --text: #000; --soft: #444; --line: #bbb; --panel: #fff; --link: #000; --warn: #000; --warn-ground: #fff; }
          @page { margin: 1.5cm; }
          body { font-size: 10pt; }
          header, nav, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          nav { display: none; }
          h2 { break-after: avoid; }
          figure, .note, tr, dl { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          .drawing { border: 0; }
          .drawing svg { min-width: 0; max-height: 12cm; }
          table { font-size: 8pt; }
          th, td { padding: .15rem .35rem; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        }

        """;
}
