using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Everything that can go wrong with a program of the user's own, through the console.</summary>
public sealed class ExternalFaultTests
{
    private const string Whole = """
        i=0; while [ $i -lt $SWEEPER_STEPS ]; do i=$((i+1)); echo "{\"step\": $i, \"loss\": 1}" >> $SWEEPER_METRICS; done
        """;

    private static readonly (string Script, string Kind, string[] Words)[] Faults =
    [
        ("echo first; echo 'no such module' >&2; exit 3", "failed", ["exit code 3", "no such module"]),
        ("kill -SEGV $$", "failed", ["signal 11"]),
        ("exit 0", "failed", ["reported no metrics", "SWEEPER_METRICS"]),
        ("echo '{\"step\": 1, \"loss\": 1}' >> $SWEEPER_METRICS", "failed", ["reported step 1 last", "20 steps"]),
        (Whole, "failed", ["no validation_loss and validation_accuracy at its last step, 20"]),
        (Whole + "\necho '{\"step\": 20, \"validation_loss\": 1, \"validation_accuracy\": 0.5}' >> $SWEEPER_METRICS", "failed", ["no test_loss and test_accuracy"]),
        ("echo 'step 1 loss 2' >> $SWEEPER_METRICS; sleep 60", "failed", ["step 1 loss 2", "is no JSON"]),
        ("echo '{\"step\": 1, \"los\": 2}' >> $SWEEPER_METRICS; sleep 60", "failed", ["unknown key los; did you mean loss?"]),
        ("echo '{\"step\": 21, \"loss\": 2}' >> $SWEEPER_METRICS; sleep 60", "failed", ["whole number from 1 to 20"]),
        ("echo '{\"step\": 1, \"test_loss\": 2, \"test_accuracy\": 87}' >> $SWEEPER_METRICS; sleep 60", "failed", ["test_accuracy of 87; it is a fraction"]),
        ("echo '{\"step\": 3, \"loss\": NaN}' >> $SWEEPER_METRICS; sleep 60", "diverged", ["the training loss is NaN"]),
        ("echo 'RuntimeError: CUDA out of memory.' >&2; exit 1", "out_of_memory", ["CUDA out of memory"]),
        ("kill -KILL $$", "out_of_memory", ["SIGKILL", "memory is short"]),
    ];

    [Fact]
    public async Task Run_EveryFault_IsAnOutcomeThatSaysWhatWasWrong()
    {
        await using var sandbox = new Sandbox();
        int number = 0;
        foreach ((string script, string kind, string[] words) in Faults)
        {
            string name = $"fault-{++number}";
            sandbox.Write($"{name}.sh", script);

            await sandbox.RunAsync("run", sandbox.Write($"{name}.yaml", ExternalTrainerTests.Spec(name, $"[sh, {name}.sh]", extra: "grace: 1s")), "--keep", "--slots", "1", "--threads", "1");

            JsonElement outcome = await OutcomeAsync(sandbox, name);
            Assert.True(outcome.GetProperty("kind").GetString() == kind, $"{script}: {outcome}");
            Assert.All(words, word => Assert.True(outcome.ToString().Replace("\\u0060", "`", StringComparison.Ordinal).Contains(word, StringComparison.Ordinal), $"{script}: {outcome}"));
        }
    }

    [Fact]
    public async Task Run_CommandThatHangs_IsEndedByItsSilenceAndByItsTimeout()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("silent.sh", "echo '{\"step\": 1, \"loss\": 1}' >> $SWEEPER_METRICS; sleep 600");
        sandbox.Write("busy.sh", "while :; do echo '{\"step\": 1, \"loss\": 1}' >> $SWEEPER_METRICS; sleep 0.1; done");
        string limits = "\nlimits: {no_progress: 2s}";

        await sandbox.RunAsync("run", sandbox.Write("silent.yaml", ExternalTrainerTests.Spec("silent", "[sh, silent.sh]", extra: "grace: 1s") + limits), "--keep", "--threads", "1");
        await sandbox.RunAsync("run", sandbox.Write("busy.yaml", ExternalTrainerTests.Spec("busy", "[sh, busy.sh]", extra: "timeout: 2s")));

        Assert.Contains("reported nothing for 2 s (limits.no_progress), step 1 last", (await OutcomeAsync(sandbox, "silent")).ToString(), StringComparison.Ordinal);
        Assert.Contains("longer than trainer.timeout, 2 s", (await OutcomeAsync(sandbox, "busy")).ToString(), StringComparison.Ordinal);
        Assert.Contains("local/cpu", await sandbox.OutputAsync("workers"), StringComparison.Ordinal); // whose slot is not lost
    }

    [Fact]
    public async Task Run_RangeTestWithGaps_SaysWhichStepIsMissing()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("gaps.sh", "echo '{\"step\": 1, \"loss\": 1}' >> $SWEEPER_METRICS; echo '{\"step\": 3, \"loss\": 1}' >> $SWEEPER_METRICS; sleep 60");
        string spec = sandbox.Write("gaps.yaml", ExternalTrainerTests.Spec("gaps", "[sh, gaps.sh]", "search: {space: {max_lr: range_test, batch_size: 10, weight_decay: 0, dropout: 0}}", extra: "grace: 1s"));

        Ended ended = await sandbox.RunAsync("run", spec, "--threads", "1");

        Assert.Contains("the loss of step 2 is missing", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadTrainer_ListsEveryProblemAndStartsNothing()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("there.sh", "exit 0");

        BadInput.Assert(
            await sandbox.RunAsync("run", sandbox.Write("a.yaml", ExternalTrainerTests.Spec("a", "[no-such-program, there.sh]", extra: "files: [model.py]"))),
            "no program of that name is found",
            "a program that there is not");
        BadInput.Assert(
            await sandbox.RunAsync("run", sandbox.Write("a.yaml", ExternalTrainerTests.Spec("a", "[no-such-program, there.sh]", extra: "files: [model.py]"))),
            "there is no such file",
            "a file that there is not");
        BadInput.Assert(await sandbox.RunAsync("run", sandbox.Write("b.yaml", ExternalTrainerTests.Spec("b", "[./there.sh]"))), "it is not executable", "a program that may not be run");
        BadInput.Assert(await sandbox.RunAsync("run", sandbox.Write("c.yaml", ExternalTrainerTests.Spec("c", "[sh, there.sh]", extra: "workdir: nowhere"))), "is no folder on this worker", "a folder that there is not");
        BadInput.Assert(await sandbox.RunAsync("verify-resume", sandbox.Write("e.yaml", ExternalTrainerTests.Spec("e", "[sh, there.sh]"))), "keeps its weights to itself", "weights that there are not");
        await sandbox.SiloEndsAsync();
        BadInput.Assert(await sandbox.RunAsync("run", sandbox.Write("d.yaml", ExternalTrainerTests.Spec("d", "[sh, there.sh]")), "--commands", "none"), "its operator permits them with --commands", "a silo that runs none");
        await sandbox.SiloEndsAsync();
        BadInput.Assert(await sandbox.RunAsync("run", sandbox.Write("d.yaml", ExternalTrainerTests.Spec("d", "[sh, there.sh]", extra: "env: {A: 1}")), "--commands", "/nowhere:/opt/nothing"), "runs /nowhere, /opt/nothing only", "a silo that runs others");
        Ended list = await sandbox.RunAsync("list");
        Assert.Contains("There is no sweep yet", list.Out + list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_BadTrainer_NamesEachPlace()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("bad.yaml", """
            name: bad
            model: mlp
            data: {set: synthetic, train_size: 100}
            trainer:
              command: [sh, there.sh]
              validation_examples: 20
              env: {SWEEPER_SEED: 1}
            training: {epochs: 2, cooldown: {at: [0.5]}}
            search: {strategy: pbt, space: {max_lr: 0.5, batch_size: largest, weight_decay: 0, dropout: 0}}
            """);

        Ended ended = await sandbox.RunAsync("validate", spec);

        string[] said = ["keep it, or data.set, data.train_size, model.name", "does not begin with SWEEPER_"];
        Assert.All(said, words => BadInput.Assert(ended, words, words));

        ended = await sandbox.RunAsync("validate", sandbox.Write("worse.yaml", """
            name: worse
            trainer: {command: [sh, "--lr={lr}"], validation_examples: 0}
            training: {epochs: 2, cooldown: {at: [0.5]}}
            search: {strategy: pbt, space: {max_lr: 0.5, batch_size: largest, weight_decay: 0, dropout: 0}}
            """));
        said = ["{lr} stands for nothing; known are {config}", "trainer.train_examples: is missing", "trainer.classes: is missing", "search.select_by", "another strategy", "remove it with a trainer", "give batch sizes"];
        Assert.All(said, words => BadInput.Assert(ended, words, words));
    }

    private static async Task<JsonElement> OutcomeAsync(Sandbox sandbox, string sweep) =>
        Assert.Single((await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray()).GetProperty("outcome");
}
