using System.Globalization;

namespace Sweeper.Contracts.Workers;

/// <summary>Whether a silo trains several trials that differ in numbers only as one network.</summary>
/// <param name="When">When it does.</param>
/// <param name="Members">How many trials, where it is a number; else 0.</param>
public readonly record struct FusedSetting(FusedWhen When, int Members = 0)
{
    /// <summary>Least number of trials that can be one network.</summary>
    public const int LeastMembers = 2;

    /// <summary>Greatest number of trials that can be one network.</summary>
    public const int MostMembers = 32;

    /// <summary>What a text may be.</summary>
    public static string Allowed { get; } = FormattableString.Invariant($"auto, off or a whole number from {LeastMembers} to {MostMembers}");

    /// <summary>Reads <c>auto</c>, <c>off</c> or a number; an empty text is the default; null: it is none of these.</summary>
    public static FusedSetting? Read(string text) => text switch
    {
        "" => new FusedSetting(FusedWhen.AutoOnGpu),
        "auto" => new FusedSetting(FusedWhen.Auto),
        "off" => new FusedSetting(FusedWhen.Off),
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= LeastMembers and <= MostMembers =>
            new FusedSetting(FusedWhen.Always, number),
        _ => null,
    };
}

/// <summary>When trials are trained as one network.</summary>
public enum FusedWhen
{
    /// <summary>On a GPU, where a short measurement says that it pays; never on a CPU, where numbers are the same to the last bit without it.</summary>
    AutoOnGpu,

    /// <summary>On every device, where a short measurement says that it pays.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,

    /// <summary>As many as were asked for, whatever it gives.</summary>
    Always,
}
