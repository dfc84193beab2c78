using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>A metric of a user's own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Plug-in that it is of, or <see cref="ModelRegistry.Host"/>.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal.</param>
/// <param name="Create">Makes it; runs the user's code.</param>
public sealed record OwnMetric(string Name, string Origin, string Sha256, Func<IMetric> Create)
{
    /// <summary>Measures answers.</summary>
    /// <exception cref="OwnModelException">Its code failed, or gave no finite number.</exception>
    internal double Of(Answers answers)
    {
        double value;
        try
        {
            value = Create().Of(answers);
        }
        catch (Exception error) when (error is not (OwnModelException or OutOfMemoryException)) // the user's code may throw anything
        {
            throw new OwnModelException($"metric {Origin}/{Name} failed: {error.GetType().Name}: {error.Message}", error);
        }

        return double.IsFinite(value)
            ? value
            : throw new OwnModelException(FormattableString.Invariant($"metric {Origin}/{Name} is {value} for {answers.Count} answers; it must be a finite number"));
    }
}
