using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Specs that cannot be run: one clear message on standard error, nothing on standard output, exit code 2.</summary>
public sealed class BadSpecTests
{
    /// <summary>What is wrong, the spec, what the message must say.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "empty file", "", "name: is missing" },
        { "no YAML", "name: [a", "line 1" },
        { "a list", "- a\n- b", "must be a group of keys" },
        { "unknown key", With("sede: 1"), "did you mean seed?" },
        { "unknown key deep down", With("limits: {wal_time: 3m}"), "did you mean wall_time?" },
        { "key twice", With("seed: 1\nseed: 2"), "is given twice" },
        { "bad name", Of("name: Quick Start"), "lower-case letters" },
        { "unknown model", Of("model: resnet21"), "did you mean resnet20?" },
        { "unknown data set", Of("data: mnits"), "did you mean mnist?" },
        { "NaN", Of("training: {epochs: .nan}"), "must be a finite number" },
        { "NaN in a range", Space("max_lr: {log: [.nan, 1]}"), "must be a finite number" },
        { "infinite range", Space("max_lr: {log: [0.1, .inf]}"), "must be a finite number" },
        { "range upside down", Space("max_lr: {log: [1, 0.1], points: 3}"), "must be greater than" },
        { "log range from 0", Space("weight_decay: {log: [0, 0.1], points: 3}"), "must be greater than 0 on a log scale" },
        { "negative rate", Space("max_lr: -0.1"), "search.space.max_lr" },
        { "empty list", Space("max_lr: []"), "must list at least one value" },
        { "value twice", Space("batch_size: [32, 32]"), "is listed twice" },
        { "batch of zero", Space("batch_size: 0"), "search.space.batch_size" },
        { "batch of a half", Space("batch_size: 32.5"), "search.space.batch_size" },
        { "dropout of one", Space("dropout: 1"), "search.space.dropout" },
        { "epochs of zero", Of("training: {epochs: 0}"), "training.epochs" },
        { "text for a number", Of("training: {epochs: many}"), "must be a number" },
        { "validation of all", Of("data: {set: synthetic, validation: 1}"), "data.validation" },
        { "no validation to select by", Of("data: {set: synthetic, validation: 0}"), "needs held-out images" },
        { "batch larger than the data", Of("data: {set: synthetic, train_size: 10}"), "search.space.batch_size" },
        { "size twice", Of("data: {set: synthetic, train_size: [100, 100]}"), "data.train_size[1]" },
        { "epochs and steps", Of("training: {epochs: 2, steps: 100}"), "only in place of training.epochs" },
        { "no length", Of("training: {schedule: smith}"), "or training.steps" },
        { "condition on an unknown axis", Space("dropout: {values: [0, 0.1], when: {batch: 32}}"), "did you mean batch_size?" },
        { "condition that is never met", Space("dropout: {values: [0, 0.1], when: {batch_size: 7}}"), "never takes" },
        { "condition on itself", Space("dropout: {values: [0, 0.1], when: {dropout: 0}}"), "depends on itself" },
        { "step of nothing", Space("dropout: {min: 0, max: 0.5, step: 0}"), "search.space.dropout.step" },
        { "time without unit", With("limits: {wall_time: 30}"), "with its unit" },
        { "no attempt", With("limits: {attempts: 0}"), "limits.attempts" },
        { "budget below one trial", With("limits: {epochs: 0.5}"), "or no trial can run" },
        { "range test without peak", Of("training: {epochs: 2, schedule: constant}").Replace("max_lr: 0.1", "max_lr: range_test", StringComparison.Ordinal), "has no peak" },
        { "unknown schedule", Of("training: {epochs: 2, schedule: onecycle}"), "did you mean one_cycle?" },
        { "momentum rising", Of("training: {epochs: 2, schedule: {momentum: [0.8, 0.9]}}"), "must fall from high to low" },
        { "folder of images without path", Of("data: image-folder"), "needs the folder" },
        { "grid of an interval without points", Space("max_lr: {log: [0.1, 1]}"), "need the number of values" },
        { "nothing to draw", Space("max_lr: 0.1").Replace("search: {", "search: {strategy: random, ", StringComparison.Ordinal), "nothing to draw" },
        { "millions of trials", With("").Replace("search: {", "search: {seeds: 100000000, ", StringComparison.Ordinal), "search.seeds" },
    };

    [Fact]
    public async Task Validate_GoodSpec_ExitsWith0()
    {
        await using var sandbox = new Sandbox();

        Assert.Contains("valid", await sandbox.OutputAsync("validate", sandbox.Write("good.yaml", With(""))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Validate_BadSpec_ExitsWith2AndOneClearMessage(string what, string spec, string message)
    {
        await using var sandbox = new Sandbox();

        Ended ended = await sandbox.RunAsync("validate", sandbox.Write("bad.yaml", spec));

        BadInput.Assert(ended, message, what);
        Assert.Contains("bad.yaml: ", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox.Data), "validate needs no data directory");
    }

    /// <summary>A good spec with one line of another content.</summary>
    private static string Of(string line)
    {
        string key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        return string.Join('\n', Good.Split('\n').Select(old => old.StartsWith(key, StringComparison.Ordinal) ? line : old));
    }

    /// <summary>A good spec with one axis of another content.</summary>
    private static string Space(string axis) => Of($"search: {{space: {{{axis}{(axis.StartsWith("max_lr", StringComparison.Ordinal) ? "" : ", max_lr: 0.1")}}}}}");

    /// <summary>A good spec with more lines.</summary>
    private static string With(string lines) => Good + "\n" + lines;

    private const string Good = """
        name: good
        data: synthetic
        model: mlp
        training: {epochs: 2}
        search: {space: {max_lr: 0.1}}
        """;
}
