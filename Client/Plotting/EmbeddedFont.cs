using ScottPlot;
using SkiaSharp;

namespace Sweeper.Client.Plotting;

/// <summary>
/// DejaVu Sans out of this assembly. Without fonts on the machine SkiaSharp draws no text at all, and with other fonts
/// the same data would give another picture.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>Family name, in pictures too.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<bool> Installed = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new EmbeddedFont());
        Fonts.Default = Family;
        Fonts.Sans = Family;
        return true;
    });

    private readonly SKTypeface _regular = Load("DejaVuSans.ttf");
    private readonly SKTypeface _bold = Load("DejaVuSans-Bold.ttf");

    private EmbeddedFont()
    {
    }

    /// <summary>Makes it the font of every picture; once is enough.</summary>
    public static void Install() => _ = Installed.Value;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        weight >= FontWeight.SemiBold ? _bold : _regular;

    /// <inheritdoc/>
    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => bold ? _bold : _regular;

    private static SKTypeface Load(string resource)
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its font {resource}.");
        return SKTypeface.FromStream(stream)
            ?? throw new InvalidOperationException($"The font {resource} cannot be read.");
    }
}
