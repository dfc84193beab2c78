using System.CommandLine;
using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary>Options of <c>train</c>, <c>range-test</c> and <c>verify-resume</c> that stand above the spec's own values.</summary>
internal sealed class SpecOverrides
{
    private readonly Option<string> _name = new("--name") { Description = "Name of the sweep that this becomes.", HelpName = "NAME" };
    private readonly List<(Option<double?> Option, string Path)> _numbers = [];
    private readonly string _suffix;

    private SpecOverrides(string suffix) => _suffix = suffix;

    /// <summary>Those of a training run.</summary>
    /// <param name="suffix">Added to the spec's name.</param>
    public static SpecOverrides OfTrial(string suffix) => new SpecOverrides(suffix)
        .Number("--max-lr", "search.space.max_lr", "Peak learning rate.")
        .Number("--epochs", "training.epochs", "Length of the run.")
        .Cell();

    /// <summary>Those of a range test.</summary>
    /// <param name="suffix">Added to the spec's name.</param>
    public static SpecOverrides OfRangeTest(string suffix) => new SpecOverrides(suffix)
        .Number("--max-lr", "range_test.to", "Last learning rate of the ramp.")
        .Number("--epochs", "range_test.epochs", "Length of the ramp.")
        .Cell();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach ((Option<double?> option, _) in _numbers)
        {
            command.Add(option);
        }

        command.Add(_name);
    }

    /// <summary>Reads the spec with the overrides; checks the whole.</summary>
    /// <exception cref="CliException">It cannot be read, or has problems.</exception>
    public SweepSpec Read(ParseResult parse, string file)
    {
        var settings = _numbers
            .Select(number => (number.Path, Value: parse.GetValue(number.Option)))
            .Where(setting => setting.Value is not null)
            .Select(setting => (setting.Path, setting.Value!.Value.ToString("R", CultureInfo.InvariantCulture)));
        SweepSpec spec = SpecFile.Read(file, settings);
        return spec with { Name = parse.GetValue(_name) ?? Suffixed(spec.Name) };
    }

    /// <summary>Checks a spec that was put together here.</summary>
    /// <exception cref="CliException">It has problems.</exception>
    public static SweepSpec Checked(SweepSpec spec)
    {
        var problems = SpecValidator.Validate(spec);
        return problems.IsEmpty ? spec : throw CliException.Of($"'{spec.Name}'", problems);
    }

    private string Suffixed(string name)
    {
        const int LongestName = 60;
        return name[..Math.Min(name.Length, LongestName - _suffix.Length)] + _suffix;
    }

    private SpecOverrides Cell() => Number("--batch-size", "search.space.batch_size", "Images per step.")
        .Number("--weight-decay", "search.space.weight_decay", "Weight decay.")
        .Number("--dropout", "search.space.dropout", "Dropout rate.");

    private SpecOverrides Number(string option, string path, string description)
    {
        _numbers.Add((OptionParsing.Number(option, $"{description} Stands above {path} of the spec."), path));
        return this;
    }
}
