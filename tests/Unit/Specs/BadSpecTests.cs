using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>The table of what can be wrong with a spec: each gives one clear message with its place.</summary>
public sealed class BadSpecTests
{
    /// <summary>Line of the good spec that is replaced, line of the problem, path, fragment of the message, value as written.</summary>
    public static TheoryData<string, int, string, string, string?> Lines => new()
    {
        // Names
        { "name: Quick Start", 1, "name", "lower-case letters", "Quick Start" },
        { "name: -x", 1, "name", "a letter or digit first", "-x" },
        { "name: " + new string('a', 61), 1, "name", "1 to 60", new string('a', 61) },
        { "name: [a]", 1, "name", "not a list", "[a]" },
        { "name:", 1, "name", "not nothing", "nothing" },
        { "data: mnits", 3, "data", "did you mean mnist?", "mnits" },
        { "data: imagenet", 3, "data", "known are fashion-mnist-10k, fashion-mnist,", "imagenet" },
        { "data: rows.csv", 3, "data", "is named by its path: {set: table, path: rows.csv}", "rows.csv" },
        { "data: {set: x.npz}", 3, "data.set", "is named by its path: {set: arrays, path: x.npz}", "x.npz" },
        { "data: ./pictures", 3, "data", "is named by its path: {set: image-folder, path: ./pictures}", "./pictures" },
        { "model: {name: resnet21}", 4, "model.name", "did you mean resnet20?", "resnet21" },
        { "data: image-folder", 3, "data.path", "needs the folder", null },
        { "data: arrays", 3, "data.path", "is missing; arrays needs the .npz file", null },
        { "data: {set: mnist, streaming: true}", 3, "data.streaming", "has an effect only with set image-folder", "true" },
        { "data: {set: mnist, target: y}", 3, "data.target", "has an effect only with set table", "y" },
        { "data: {set: mnist, test_path: y}", 3, "data.test_path", "has an effect only with set table", "y" },

        // Keys
        { "sede: 1", 9, "sede", "did you mean seed?", "1" },
        { "data: {set: mnist, trainSize: 5}", 3, "data.trainSize", "did you mean train_size?", "5" },
        { "search: {space: {lr: 0.1}}", 7, "search.space.lr", "did you mean max_lr?", "0.1" },
        { "epochs: 3", 9, "epochs", "it belongs at training.epochs", "3" },
        { "colour: red", 9, "colour", "known here: name, seed, data, model", "red" },
        { "training: {epochs: 2, epochs: 3}", 5, "training.epochs", "is given twice, first on line 5", "3" },
        { "search: {space: {max_lr: {log: [0.01, 1], point: 3}}}", 7, "search.space.max_lr.point", "did you mean points?", "3" },
        { "search: {space: {max_lr: {range_test: {middle: 1}}}}", 7, "search.space.max_lr.range_test.middle", "known here: low, high, points", "1" },

        // Warm start
        { "search: {strategy: tpe, warm_start: {a: 1}, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start", "must be auto; or the name of a sweep", "{a: 1}" },
        { "search: {strategy: tpe, warm_start: [], space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start", "not an empty list", "[]" },
        { "search: {strategy: tpe, warm_start: [a, [b]], space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start[1]", "must be the name of a sweep, not a list", "[b]" },
        { "search: {strategy: tpe, warm_start: Not A Name, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start", "lower-case letters", "Not A Name" },
        { "search: {strategy: tpe, warm_start: [a, a], space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start[1]", "is listed twice", "a" },
        { "search: {strategy: grid, warm_start: auto, space: {max_lr: 0.1}}", 7, "search.warm_start", "has an effect only with strategy tpe, gp, cma_es, super_convergence or random", "auto" },

        // Population
        { "search: {strategy: pbt, population: 3, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.population", "must be in [4, 1000]", "3" },
        { "search: {strategy: pbt, generations: 1, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.generations", "must be in [2, 1000]", "1" },
        { "search: {strategy: tpe, population: 8, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.population", "has an effect only with strategy pbt", "8" },
        { "search: {strategy: pbt, trials: 9, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.trials", "has an effect only with strategy random", "9" },
        { "search: {strategy: pbt, seeds: 2, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.seeds", "must be 1 with strategy pbt", "2" },
        { "search: {strategy: pbt, stopping: same_phase, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.stopping", "cannot stand beside strategy pbt", "same_phase" },
        { "search: {strategy: pbt, warm_start: auto, space: {max_lr: {log: [0.01, 1]}}}", 7, "search.warm_start", "has an effect only with strategy tpe", "auto" },
        { "search: {strategy: pbt, space: {max_lr: 0.1}}", 7, "search.strategy", "has nothing to draw", "pbt" },

        // Types
        { "seed: one", 2, "seed", "must be a number", "one" },
        { "seed: 1.5", 2, "seed", "must be a whole number", "1.5" },
        { "seed: -1", 2, "seed", "must be at least 0", "-1" },
        { "seed: 3000000000", 2, "seed", "must be at least 0", "3000000000" },
        { "training: [2]", 5, "training", "must be a group of keys (epochs,", "[2]" },
        { "training: 2", 5, "training", "must be a group of keys (epochs,", "2" },
        { "training: {epochs: [1, 2]}", 5, "training.epochs", "not a list", "[1, 2]" },
        { "training: {epochs: {a: 1}}", 5, "training.epochs", "not a group of keys", "{a: 1}" },
        { "data: {set: mnist, augment: {flip: yes}}", 3, "data.augment.flip", "must be true or false", "yes" },
        { "data: {set: mnist, augment: true}", 3, "data.augment", "must be a group of keys (flip, crop, cutout)", "true" },
        { "training: {epochs: 2, schedule: cosine}", 5, "training.schedule", "must be one of fastai, smith,", "cosine" },
        { "training: {epochs: 2, schedule: onecycle}", 5, "training.schedule", "did you mean one_cycle?", "onecycle" },
        { "training: {epochs: 2, optimizer: {type: adam}}", 5, "training.optimizer.type", "did you mean adamw?", "adam" },
        { "model: {name: lenet, init: orthogonal}", 4, "model.init", "must be one of kaiming_normal", "orthogonal" },
        { "training: {epochs: 2, test_at_epochs: 1}", 5, "training.test_at_epochs", "must be a list", "1" },

        // Numbers and units
        { "training: {epochs: .nan}", 5, "training.epochs", "must be a finite number", ".nan" },
        { "training: {epochs: NaN}", 5, "training.epochs", "must be a finite number", "NaN" },
        { "range_test: {to: .inf}", 6, "range_test.to", "must be a finite number", ".inf" },
        { "training: {epochs: 1e999}", 5, "training.epochs", "too large", "1e999" },
        { "training: {epochs: 2k}", 5, "training.epochs", "must be a number, such as 0.1", "2k" },
        { "training: {epochs: 0}", 5, "training.epochs", "must be in (0, 100000]", "0" },
        { "training: {epochs: -1}", 5, "training.epochs", "must be in (0, 100000]", "-1" },
        { "data: {set: mnist, validation: 60%}", 3, "data.validation", "must be in [0, 0.5]", "60%" },
        { "limits: {wall_time: 30}", 8, "limits.wall_time", "with its unit", "30" },
        { "limits: {wall_time: 30 minutes}", 8, "limits.wall_time", "with its unit", "30 minutes" },
        { "limits: {wall_time: 0s}", 8, "limits.wall_time", "greater than 0", "0s" },
        { "limits: {trials: 0}", 8, "limits.trials", "must be at least 1", "0" },
        { "limits: {attempts: 0}", 8, "limits.attempts", "must be in [1, 100]", "0" },
        { "model: {name: lenet, batch_norm_momentum: 0}", 4, "model.batch_norm_momentum", "must be in (0, 1]", "0" },
        { "data: {set: mnist, train_size: some}", 3, "data.train_size", "must be a number, such as 128 or 60k", "some" },

        // Training
        { "training: {epochs: 2, test_at_epochs: [1, 3]}", 5, "training.test_at_epochs[1]", "at most training.epochs, 2", "3" },
        { "training: {epochs: 2, test_at_epochs: [2, 1]}", 5, "training.test_at_epochs[1]", "must be greater than 2", "1" },
        { "training: {epochs: 2, schedule: {type: pytorch_three_phase, peak_at: 0.6}}", 5, "training.schedule.peak_at", "at most 0.5 with three phases", "0.6" },
        { "training: {epochs: 2, schedule: {type: smith, peak_at: 0.3}}", 5, "training.schedule.peak_at", "has an effect only with type fastai", "0.3" },
        { "training: {epochs: 2, schedule: {cycle: 0.9}}", 5, "training.schedule.cycle", "has an effect only with type smith", "0.9" },
        { "training: {epochs: 2, schedule: {type: constant, momentum: [0.95, 0.85]}}", 5, "training.schedule.momentum", "must be one number with type constant", "[0.95, 0.85]" },
        { "training: {epochs: 2, schedule: {momentum: [0.8, 0.9]}}", 5, "training.schedule.momentum", "must fall from high to low", "[0.8, 0.9]" },
        { "training: {epochs: 2, schedule: {momentum: [1, 0.9]}}", 5, "training.schedule.momentum[0]", "must be in [0, 1)", "1" },
        { "training: {epochs: 2, schedule: {momentum: [0.9]}}", 5, "training.schedule.momentum", "must be one number, or [high, low]", "[0.9]" },
        { "training: {epochs: 2, schedule: {type: step, milestones: []}}", 5, "training.schedule.milestones", "at least 1 value", "[]" },
        { "training: {epochs: 2, schedule: {type: step, milestones: [0.5, 1]}}", 5, "training.schedule.milestones[1]", "must be in (0, 1)", "1" },
        { "training: {epochs: 2, optimizer: {beta2: 0.9}}", 5, "training.optimizer.beta2", "has an effect only with type adamw", "0.9" },
        { "training: {epochs: 2, optimizer: {nesterov: true}, schedule: {momentum: 0}}", 5, "training.optimizer.nesterov", "needs a momentum greater than 0", "true" },

        // Cooldown readings
        { "training: {epochs: 2, cooldown: {at: [0, 0.5]}}", 5, "training.cooldown.at[0]", "must be in (0, 1)", "0" },
        { "training: {epochs: 2, cooldown: {at: [0.5, 1]}}", 5, "training.cooldown.at[1]", "must be in (0, 1)", "1" },
        { "training: {epochs: 2, cooldown: {at: [0.5, 0.4]}}", 5, "training.cooldown.at[1]", "must be greater than 0.5", "0.4" },
        { "training: {epochs: 2, cooldown: {at: [0.5, 0.97]}}", 5, "training.cooldown.at[1]", "must be at most 0.95: a cooldown of training.cooldown.length, 0.05,", "0.97" },
        { "training: {epochs: 2, cooldown: {at: [0.7], length: 0.4}}", 5, "training.cooldown.at[0]", "must be at most 0.6", "0.7" },
        { "training: {epochs: 2, cooldown: {at: [0.5], length: 0.6}}", 5, "training.cooldown.length", "must be in (0, 0.5]", "0.6" },
        { "training: {epochs: 2, cooldown: {at: [0.5], length: 0}}", 5, "training.cooldown.length", "must be in (0, 0.5]", "0" },
        { "training: {epochs: 2, cooldown: {length: 0.1}}", 5, "training.cooldown.length", "has an effect only with at", "0.1" },
        { "training: {epochs: 2, cooldown: {at: 0.5}}", 5, "training.cooldown.at", "must be a list", "0.5" },
        { "training: {epochs: 2, cooldown: 0.5}", 5, "training.cooldown", "must be a group of keys (at, length)", "0.5" },

        // Data
        { "data: {set: mnist, image_size: 32}", 3, "data.image_size", "has an effect only with set image-folder", "32" },
        { "data: {set: synthetic, path: /tmp}", 3, "data.path", "has an effect only with a set that is not built in", "/tmp" },

        { "data: {set: mnist, path: ''}", 3, "data.path", "must be a folder or archive", "\"\"" },
        { "data: {set: mnist, train_size: 5, validation: 0.1}", 3, "data.train_size", "leaves no image to validate by", "5" },
        { "data: {set: mnist, validation: 0}", 7, "search.select_by", "needs held-out images", null },
        { "data: {set: mnist, train_size: 100}", 7, "search.space.batch_size", "must be at most 90", null },

        // Range test
        { "range_test: {from: 1, to: 0.5}", 6, "range_test.to", "must be greater than range_test.from, 1", "0.5" },
        { "range_test: {method: fastai, from: 0}", 6, "range_test.from", "must be greater than 0 with method fastai", "0" },
        { "range_test: {method: fastai, epochs: 2}", 6, "range_test.epochs", "has an effect only with method smith", "2" },
        { "range_test: {epochs: 2, steps: 100}", 6, "range_test.epochs", "has no effect beside range_test.steps", "2" },
        { "range_test: {steps: 40}", 6, "range_test.steps", "must be at least range_test.points, 50", "40" },
        { "range_test: {points: 20}", 6, "range_test.points", "must be in [50, 10000]", "20" },
        { "range_test: {pull_back: 1.5}", 6, "range_test.pull_back", "must be in (0, 1]", "1.5" },

        // Search
        { "search: {trials: 5, space: {max_lr: 0.1}}", 7, "search.trials", "has an effect only with strategy random", "5" },
        { "search: {strategy: random, space: {max_lr: 0.1}}", 7, "search.strategy", "has nothing to draw", "random" },
        { "search: {strategy: bayes, space: {max_lr: 0.1}}", 7, "search.strategy", "must be one of grid, random", "bayes" },
        { "search: {strategy: super_convergence, space: {max_lr: 0.1}}", 7, "search.space.max_lr", "must be range_test with strategy super_convergence", "0.1" },
        { "search: {baseline: auto, space: {max_lr: 0.1}}", 7, "search.baseline", "has an effect only with strategy super_convergence", "auto" },
        { "search: {seeds: 0, space: {max_lr: 0.1}}", 7, "search.seeds", "must be in [1, 1000]", "0" },
        { "search: {space: {max_lr: 0}}", 7, "search.space.max_lr", "must be in (0, 1000]", "0" },
        { "search: {space: {max_lr: []}}", 7, "search.space.max_lr", "must list at least one value", "[]" },
        { "search: {space: {max_lr: [0.1, 0.2, 0.1]}}", 7, "search.space.max_lr[2]", "is listed twice", "0.1" },
        { "search: {space: {max_lr: [0.1, high]}}", 7, "search.space.max_lr[1]", "must be a number", "high" },
        { "search: {space: {max_lr: {log: [0.1, 0.01], points: 3}}}", 7, "search.space.max_lr.log[1]", "must be greater than the interval's least value, 0.1", "0.01" },
        { "search: {space: {max_lr: {log: [0.1], points: 3}}}", 7, "search.space.max_lr.log", "two ends of an interval", "[0.1]" },
        { "search: {space: {max_lr: {log: [0.01, 1]}}}", 7, "search.space.max_lr.points", "need the number of values", null },
        { "search: {space: {max_lr: {log: [0.01, 1], points: 1}}}", 7, "search.space.max_lr.points", "must be in [2, 1000000]", "1" },
        { "search: {space: {max_lr: {log: [0.01, 1], points: 0}}}", 7, "search.space.max_lr.points", "must be in [2, 1000000]", "0" },
        { "search: {space: {max_lr: {min: 0.1}}}", 7, "search.space.max_lr", "needs max as well as min", "{min: 0.1}" },
        { "search: {space: {max_lr: {log: [0.1, 1], linear: [0.1, 1]}}}", 7, "search.space.max_lr", "says more than one thing (log, linear)", "{log: [0.1, 1], linear: [0.1, 1]}" },
        { "search: {space: {max_lr: {points: 3}}}", 7, "search.space.max_lr", "must be a value, a list, or an interval", "{points: 3}" },
        { "search: {space: {max_lr: {log: [0.1, 1], scale: log, points: 3}}}", 7, "search.space.max_lr.scale", "has no effect beside log", "log" },
        { "search: {space: {max_lr: {range_test: {low: 0}}}}", 7, "search.space.max_lr.range_test.low", "must be in (0, 100]", "0" },
        { "search: {space: {max_lr: {range_test: {low: 2}}}}", 7, "search.space.max_lr.range_test.low", "must be less than high, 1", "2" },
        { "search: {space: {max_lr: {range_test: 3}}}", 7, "search.space.max_lr.range_test", "must be a group such as", "3" },
        { "search: {strategy: random, space: {max_lr: {log: [0.01, 1], points: 3}}}", 7, "search.space.max_lr.points", "has an effect only with strategy grid", "3" },
        { "search: {space: {max_lr: 0.1, weight_decay: {log: [0, 1e-3], points: 3}}}", 7, "search.space.weight_decay.log[0]", "must be greater than 0 on a log scale", "0" },
        { "search: {space: {max_lr: 0.1, weight_decay: -1e-4}}", 7, "search.space.weight_decay", "must be in [0, 1000]", "-1e-4" },
        { "search: {space: {max_lr: 0.1, dropout: [0, 1]}}", 7, "search.space.dropout[1]", "must be in [0, 1)", "1" },
        { "search: {space: {max_lr: 0.1, dropout: range_test}}", 7, "search.space.dropout", "bounds max_lr alone", "range_test" },
        { "search: {space: {max_lr: 0.1, batch_size: 0}}", 7, "search.space.batch_size", "must be in [1, 1000000]", "0" },
        { "search: {space: {max_lr: 0.1, batch_size: 32.5}}", 7, "search.space.batch_size", "must be a whole number", "32.5" },
        { "search: {space: {max_lr: 0.1, batch_size: {linear: [4, 8], points: 9}}}", 7, "search.space.batch_size.points", "must be at most 5", "9" },
        { "search: {space: {max_lr: {log: [0.01, 1], points: 200k}, dropout: [0, 0.1, 0.2, 0.3, 0.4, 0.5]}}", 7, "search.space", "plans 1200000 trials, more than 1000000", "{max_lr: {log: [0.01, 1], points: 200k}, dropout: [0, 0.1, 0.2, 0.3, 0.4, 0.5]}" },
        { "limits: {epochs: 1}", 8, "limits.epochs", "must be at least training.epochs, 2", "1" },
    };

    /// <summary>Whole texts, line of the problem, path, fragment of the message.</summary>
    public static TheoryData<string, int, string, string> Texts => new()
    {
        { "", 1, "name", "is missing" },
        { "# only a comment\n", 1, "training.epochs", "is missing" },
        { "just words", 1, "", "a spec must be a group of keys" },
        { "- a\n- b\n", 1, "", "a spec must be a group of keys" },
        { Good.Without("name"), 1, "name", "is missing, and every spec needs it; such as name: quickstart" },
        { Good.Without("data"), 1, "data.set", "such as data: fashion-mnist-10k" },
        { Good.With("data: {}"), 3, "data.set", "such as set: fashion-mnist-10k" },
        { Good.Without("training"), 1, "training.epochs", "such as training: {epochs: 3}" },
        { Good.With("training: {schedule: one_cycle}"), 5, "training.epochs", "is missing" },
        { "name: t\n\tseed: 1\n", 2, "", "a tab indents this line" },
        { "name: t\ndata: {set: mnist\n", 2, "", "'{' is not closed" },
        { "name: t\ndata: [1, 2\n", 2, "", "'[' is not closed" },
        { "name: t\ndata: {set: mnist\nmodel: lenet\n", 2, "", "is not closed" },
        { "name: t\ndata: {path: !!]\n", 2, "", "put the value in quotes" },
        { "name: 'x\n", 1, "", "quotation mark that was opened is not closed" },
        { "name: a: b\n", 1, "", "a value contains ': '" },
        { "name: t\n  seed: 1\n", 2, "", "a value contains ': '" },
        { "training:\n   epochs: 1\n  schedule: smith\n", 3, "", "the indentation fits no line above it" },
        { "name: t\nseed\n", 2, "", "a key is not followed by ': '" },
        { "name: @t\n", 1, "", "no value can start with this character" },
        { "name: t\nseed: &a 1\n", 2, "", "anchors and aliases" },
        { "a: &a [x]\nb: [*a, *a]\n", 1, "", "anchors and aliases" },
        { "name: !!python/object x\n", 1, "", "the tag" },
        { "seed: 1\nname: a\uD800b\n", 2, "", "\\uD800 is half of a character, which nothing can store; write the whole character" },
        { "name: t\n---\nname: u\n", 2, "", "a second document starts here" },
        { "? [a, b]\n: 1\n", 1, "", "a key must be a single word" },
        { "a: " + new string('[', 30) + new string(']', 30), 1, "", "nested deeper than 20 levels" },
        { "a: [" + string.Join(',', Enumerable.Repeat('1', 20_001)) + "]", 1, "", "more than 20000 values" },
        { "a: " + new string('[', 500_000), 1, "", "nested deeper than 20 levels" },
        { "name: t # " + new string('x', 1 << 20), 1, "", "larger than 1024 KiB" },
        { "{\"name\": \"t\", \"seed\": }", 1, "seed", "must be" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Read_OneBadLine_GivesOneProblemWithItsPlace(string line, int at, string path, string fragment, string? value)
    {
        SpecReading reading = SpecReader.Read(Good.With(line));

        SpecProblem problem = Assert.Single(reading.Problems);
        Assert.Null(reading.Spec);
        Assert.Equal((path, value, at), (problem.Path, problem.Value, problem.Line));
        Assert.Contains(fragment, problem.Message, StringComparison.Ordinal);
        AssertPlain(problem);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Read_BadText_NamesTheProblemAndItsLine(string text, int at, string path, string fragment)
    {
        SpecReading reading = SpecReader.Read(text);

        Assert.Null(reading.Spec);
        SpecProblem problem = Assert.Single(reading.Problems, problem => problem.Path == path);
        Assert.Contains(fragment, problem.Message, StringComparison.Ordinal);
        Assert.Equal(at, problem.Line);
        Assert.All(reading.Problems, AssertPlain);
    }

    [Fact]
    public void Read_ManyProblems_ReportsThemAllByLine()
    {
        SpecReading reading = SpecReader.Read(
            """
            name: X
            sed: 1
            data: {set: mnis, validation: 1}
            model: [a]
            training: {epochs: .nan, schedule: {type: constant, peak_at: 0.3}}
            search: {space: {max_lr: {log: [0, 1]}, batch_size: 1.5, dropout: [0, 1]}}
            limits: {wall_time: 30}
            """);

        Assert.Equal(
            [
                (1, "name"), (2, "sed"), (3, "data.validation"), (3, "data.set"), (4, "model"), (5, "training.epochs"),
                (5, "training.schedule.peak_at"), (6, "search.space.batch_size"), (6, "search.space.max_lr.log[0]"),
                (6, "search.space.dropout[1]"), (7, "limits.wall_time"),
            ],
            reading.Problems.Select(problem => (problem.Line, problem.Path)));
    }

    [Fact]
    public void Read_ThousandsOfProblems_ReportsTheFirstHundredAndTheRest()
    {
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"key{i}: 1\n"));

        SpecReading reading = SpecReader.Read(text);

        Assert.Equal(101, reading.Problems.Length);
        Assert.Contains("more problems are not shown", reading.Problems[^1].Message, StringComparison.Ordinal);
    }

    /// <summary>Texts at the size limit that punish a careless reader: they are answered, not chewed on.</summary>
    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("- ", "")]
    [InlineData("a: 1\n", "")]
    [InlineData("a: [[], {}]\n", "")]
    [InlineData("x, ", "search: {space: {max_lr: [")]
    [InlineData("0.1, ", "search: {space: {max_lr: [")]
    [InlineData("{b: {b: {b: [b, b, b]}}}, ", "search: {space: {max_lr: [")]
    [InlineData("k", "")]
    [InlineData(" ", "name: ")]
    public void Read_HostileText_GivesProblems(string piece, string start)
    {
        string text = start + string.Concat(Enumerable.Repeat(piece, ((1 << 20) - start.Length) / piece.Length));

        Assert.InRange(SpecReader.Read(text).Problems.Length, 1, 101);
    }

    /// <summary>One sentence, no stack trace, nothing that breaks a line of a terminal.</summary>
    private static void AssertPlain(SpecProblem problem)
    {
        Assert.InRange(problem.Message.Length, 10, 300);
        Assert.DoesNotContain(problem.ToString(), char.IsControl);
        Assert.DoesNotContain("Exception", problem.Message, StringComparison.Ordinal);
        Assert.False(problem.Message.EndsWith('.'), problem.Message);
    }
}
