using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Pages;

/// <summary>The page's script is checked against the types that the silo answers with.</summary>
public sealed class PageContractTests
{
    private const string Document = "Silo/Page/Web/api.ts";
    private const string Mark = "// Generated.\n";

    private static readonly Type[] Answers =
    [
        typeof(SessionInfo), typeof(Refusal), typeof(SweepSummary), typeof(SweepPage), typeof(AnalysisPage), typeof(JobPage), typeof(JobCurve),
        typeof(TrialColumns), typeof(WorkerStatus), typeof(ControlResult),
    ];

    [Fact]
    public void Document_Types_AreThoseOfTheServer()
    {
        string text = File.ReadAllText(Repository.PathOf(Document));
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(mark > 0, $"{Document} has no place for what is generated");

        Repository.AssertGenerated(Document, text[..(mark + Mark.Length)] + "\n" + JsonShape.Of(Answers, "export ").TrimEnd() + "\n");
    }
}
