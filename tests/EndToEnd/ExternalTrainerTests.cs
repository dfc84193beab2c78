using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Trainers that are programs of the user's own, through the console; they need nothing but a shell and awk.</summary>
public sealed class ExternalTrainerTests
{
    private static readonly string Example = Repository.PathOf("examples", "external");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Example_FindsRatesByItsRangeTestsAndTrainsByItsSchedule()
    {
        await using var sandbox = new Sandbox();
        string spec = Path.Combine(Example, "synthetic.yaml");

        await sandbox.OutputAsync("run", spec, "--slots", "2", "--threads", "1");

        JsonElement sweep = await sandbox.JsonAsync("show", "synthetic");
        JsonElement[] tests = [.. sweep.GetProperty("cells").EnumerateArray()];
        Assert.Equal(4, tests.Length);
        Assert.All(tests, test => Assert.InRange(Outcome(test).GetProperty("findings").GetProperty("max_learning_rate").GetDouble(), 0.1, 4));
        JsonElement[] trials = [.. sweep.GetProperty("trials").EnumerateArray()];
        Assert.Equal(4, trials.Length);
        Assert.All(trials, trial => Assert.InRange(Score(trial).GetProperty("validation_accuracy").GetDouble(), 0.5, 1));

        JsonElement job = await sandbox.JsonAsync("show", "synthetic", "T-0001");
        JsonElement curves = job.GetProperty("curves");
        double peak = job.GetProperty("trial").GetProperty("configuration").GetProperty("max_learning_rate").GetDouble();
        Assert.Equal(peak, curves.GetProperty("learning_rate").EnumerateArray().Max(rate => rate.GetDouble()), peak * 0.01);
        Assert.Equal(600, job.GetProperty("trial").GetProperty("run").GetProperty("steps").GetInt32()); // 3 epochs of 2000 / 10
        Assert.Contains("\"step\"", curves.ToString(), StringComparison.Ordinal);
        Assert.Contains("trainer:", await sandbox.OutputAsync("best", "synthetic"), StringComparison.Ordinal);
        Assert.Contains("Leaderboard", await sandbox.OutputAsync("show", "synthetic"), StringComparison.Ordinal);
        string report = Path.Combine(sandbox.Root, "report.md");
        await sandbox.OutputAsync("report", "synthetic", "--out", report);
        Assert.Contains("awk -f synthetic.awk", await File.ReadAllTextAsync(report, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SuperConvergence_GoesThroughItsWaves()
    {
        await using var sandbox = new Sandbox();
        Copy(sandbox, "synthetic.awk");
        string spec = sandbox.Write("recipe.yaml", Spec("recipe", "[awk, -f, synthetic.awk]", "search: {strategy: super_convergence, space: {max_lr: range_test, batch_size: [10, 20], weight_decay: 1e-4, dropout: 0}}", epochs: 8, examples: 400));

        string output = await sandbox.OutputAsync("run", spec, "--threads", "1");

        Assert.Contains("super-convergence", output, StringComparison.OrdinalIgnoreCase);
        JsonElement summary = (await sandbox.JsonAsync("show", "recipe")).GetProperty("summary");
        Assert.Equal("completed", summary.GetProperty("status").GetString());
        Assert.True(summary.GetProperty("ended").GetInt32() > 5, summary.ToString());
    }

    [Fact]
    public async Task Run_SameTrialAgain_IsReusedUntilTheScriptChanges()
    {
        await using var sandbox = new Sandbox();
        Copy(sandbox, "synthetic.awk");
        string first = sandbox.Write("first.yaml", Spec("first", "[awk, -f, synthetic.awk]"));
        string again = sandbox.Write("again.yaml", Spec("again", "[awk, -f, synthetic.awk]"));
        string changed = sandbox.Write("changed.yaml", Spec("changed", "[awk, -f, synthetic.awk]"));

        await sandbox.OutputAsync("run", first, "--keep", "--threads", "1");
        await sandbox.OutputAsync("run", again);
        await File.AppendAllTextAsync(Path.Combine(sandbox.Root, "synthetic.awk"), "\n# another\n", Stop);
        await sandbox.OutputAsync("run", changed);

        Assert.All(await RunsAsync(sandbox, "again"), run => Assert.Equal("first", run.GetProperty("reused_from").GetProperty("sweep").GetString()));
        Assert.All(await RunsAsync(sandbox, "changed"), run => Assert.True(!run.TryGetProperty("reused_from", out JsonElement from) || from.ValueKind == JsonValueKind.Null, run.ToString()));
        Ended refused = await sandbox.RunAsync("run", first);
        Assert.True(refused.ExitCode == 2, refused.ToString());
        Assert.Contains("trainer files", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Job_HasItsValuesInArgumentsEnvironmentAndFile()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("tell.sh", """
            echo "$@" > args
            env | grep -E '^(SWEEPER_|MINE|OMP)' | sort > env
            cp "$SWEEPER_CONFIG" job.json
            i=0; while [ $i -lt $SWEEPER_STEPS ]; do i=$((i+1)); echo "{\"step\": $i, \"loss\": 1.5}" >> $SWEEPER_METRICS; done
            echo "{\"step\": $i, \"validation_loss\": 1, \"validation_accuracy\": 0.5, \"test_loss\": 1.25, \"test_accuracy\": 0.25}" >> $SWEEPER_METRICS
            """);
        string spec = sandbox.Write("told.yaml", Spec(
            "told", "[sh, tell.sh, \"--lr={max_lr}\", \"{batch_size}\", \"{{seed}}\", \"a b; $(touch evil)\"]", extra: "env: {MINE: \"x y\"}")
            .Replace("weight_decay: 1e-4", "weight_decay: 2e-4", StringComparison.Ordinal));

        await sandbox.OutputAsync("run", spec, "--slots", "1", "--threads", "1");

        Assert.Equal("--lr=0.5 10 {seed} a b; $(touch evil)", (await File.ReadAllTextAsync(Path.Combine(sandbox.Root, "args"), Stop)).Trim());
        Assert.False(File.Exists(Path.Combine(sandbox.Root, "evil")), "a shell read the arguments");
        string variables = await File.ReadAllTextAsync(Path.Combine(sandbox.Root, "env"), Stop);
        string[] expected = ["MINE=x y", "OMP_NUM_THREADS=1", "SWEEPER_BATCH_SIZE=10", "SWEEPER_MAX_LR=0.5", "SWEEPER_KIND=trial", "SWEEPER_STEPS=20", "SWEEPER_WEIGHT_DECAY=0.0002", "SWEEPER_DEVICE=cpu"];
        Assert.All(expected, line => Assert.Contains(line, variables, StringComparison.Ordinal));
        using var job = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(sandbox.Root, "job.json"), Stop));
        Assert.Equal(20, job.RootElement.GetProperty("learning_rate").GetArrayLength());
        Assert.Equal(0.5, job.RootElement.GetProperty("learning_rate").EnumerateArray().Max(rate => rate.GetDouble()), 0.05);
        Assert.Equal([10, 20], job.RootElement.GetProperty("validate_at").EnumerateArray().Select(step => step.GetInt32()));
        JsonElement score = Score(Assert.Single((await sandbox.JsonAsync("show", "told")).GetProperty("trials").EnumerateArray()));
        Assert.Equal((1.5, 0.5, 0.25), (score.GetProperty("train_loss").GetDouble(), score.GetProperty("validation_accuracy").GetDouble(), score.GetProperty("test_accuracy").GetDouble()));
    }

    [Fact]
    public async Task Run_SiloKilled_LeavesNoOrphanAndGoesOnFromTheScriptsOwnCheckpoint()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("slow.sh", """
            echo $$ >> pids
            at=$(cat "$SWEEPER_CHECKPOINT_DIR/at" 2>/dev/null || echo 0)
            echo "from $at" >> starts
            while [ $at -lt $SWEEPER_STEPS ]; do
              at=$((at+1)); sleep 0.2
              echo "{\"step\": $at, \"loss\": 1}" >> $SWEEPER_METRICS
              echo $at > "$SWEEPER_CHECKPOINT_DIR/at"
            done
            echo "{\"step\": $at, \"validation_loss\": 1, \"validation_accuracy\": 0.5, \"test_loss\": 1, \"test_accuracy\": 0.5}" >> $SWEEPER_METRICS
            """);
        string spec = sandbox.Write("slow.yaml", Spec("slow", "[sh, slow.sh]"));
        SweeperProcess console = sandbox.Start("run", spec, "--slots", "1", "--threads", "1");
        string checkpoint = Path.Combine(sandbox.Root, "pids");
        await UntilAsync(() => File.Exists(checkpoint) && Directory.EnumerateFiles(sandbox.Data, "at", SearchOption.AllDirectories).Any(), "it never began");
        int pid = int.Parse((await File.ReadAllLinesAsync(checkpoint, Stop))[0], CultureInfo.InvariantCulture);

        Assert.True(await sandbox.KillSiloAsync());

        await UntilAsync(() => !Lives(pid), "the command outlived its silo");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(2));
        Assert.True(ended.ExitCode == 0, ended.ToString());
        string[] starts = await File.ReadAllLinesAsync(Path.Combine(sandbox.Root, "starts"), Stop);
        Assert.Equal("from 0", starts[0]);
        Assert.True(starts.Length == 2 && starts[1] != "from 0", string.Join(", ", starts));
        JsonElement run = Assert.Single(await RunsAsync(sandbox, "slow"));
        Assert.True(run.GetProperty("resumed_from_step").GetInt32() > 0, run.ToString());
        Assert.Equal(20, run.GetProperty("steps").GetInt32());
    }

    [Fact]
    public async Task Run_InterruptedAfterItsLastStep_HasNothingLeftToTrain()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("last.sh", """
            [ -e done ] && exit 0
            i=0; while [ $i -lt $SWEEPER_STEPS ]; do i=$((i+1)); echo "{\"step\": $i, \"loss\": 1}" >> $SWEEPER_METRICS; done
            echo "{\"step\": $i, \"validation_loss\": 1, \"validation_accuracy\": 0.5, \"test_loss\": 1, \"test_accuracy\": 0.5}" >> $SWEEPER_METRICS
            touch done
            while :; do sleep 0.1; done
            """);
        string spec = sandbox.Write("last.yaml", Spec("last", "[sh, last.sh]"));
        SweeperProcess console = sandbox.Start("run", spec, "--slots", "1", "--threads", "1");
        await UntilAsync(() => File.Exists(Path.Combine(sandbox.Root, "done")), "it never came to its end");
        console.Signal("INT");
        Assert.Equal(130, (await console.EndAsync(TimeSpan.FromMinutes(1))).ExitCode);
        await sandbox.SiloEndsAsync();

        await sandbox.OutputAsync("run", spec, "--slots", "1", "--threads", "1");

        JsonElement run = Assert.Single(await RunsAsync(sandbox, "last"));
        Assert.Equal((20, 20, 0.0), (run.GetProperty("steps").GetInt32(), run.GetProperty("resumed_from_step").GetInt32(), run.GetProperty("images_per_second").GetDouble()));
    }

    [Fact]
    public async Task Cancel_RunningCommand_AsksItFirstAndEndsItsWholeGroup()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("deaf.sh", """
            trap 'echo asked > asked' TERM
            sleep 600 & echo $! > child
            echo $$ > pid
            while :; do sleep 0.1; done
            """);
        string spec = sandbox.Write("deaf.yaml", Spec("deaf", "[sh, deaf.sh]", extra: "grace: 1s"));
        SweeperProcess console = sandbox.Start("run", spec, "--slots", "1", "--threads", "1");
        string pidFile = Path.Combine(sandbox.Root, "pid");
        await UntilAsync(() => File.Exists(pidFile) && new FileInfo(pidFile).Length > 0, "it never began");

        await sandbox.OutputAsync("cancel", "deaf");

        int[] pids = [.. new[] { "pid", "child" }.Select(file => int.Parse(File.ReadAllText(Path.Combine(sandbox.Root, file)), CultureInfo.InvariantCulture))];
        await UntilAsync(() => !Array.Exists(pids, Lives), "something of the command goes on");
        Assert.True(File.Exists(Path.Combine(sandbox.Root, "asked")), "it was not asked first");
        await console.EndAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("stopped", Outcome(Assert.Single((await sandbox.JsonAsync("show", "deaf")).GetProperty("trials").EnumerateArray())).GetProperty("kind").GetString());
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*ExternalTrainerTests' -explicit on` runs it, and it has passed
    public async Task Run_AshaAtAConstantRate_StopsCommandsThatCannotWin()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("slow.sh", """
            i=0; while [ $i -lt $SWEEPER_STEPS ]; do
              i=$((i+1)); sleep 0.1
              accuracy=$(awk "BEGIN { print 0.1 + 0.8 * $SWEEPER_MAX_LR * $i / $SWEEPER_STEPS }")
              echo "{\"step\": $i, \"loss\": 1, \"validation_loss\": 1, \"validation_accuracy\": $accuracy, \"test_loss\": 1, \"test_accuracy\": $accuracy}" >> $SWEEPER_METRICS
            done
            """);
        string spec = sandbox.Write("asha.yaml", Spec(
            "asha", "[sh, slow.sh]", "search: {strategy: random, trials: 12, stopping: asha, space: {max_lr: {min: 0.1, max: 1}, batch_size: 10, weight_decay: 0, dropout: 0}}", epochs: 9, examples: 20)
            .Replace("epochs: 9", "epochs: 9, schedule: constant", StringComparison.Ordinal));

        await sandbox.OutputAsync("run", spec, "--slots", "2", "--threads", "1");

        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "asha")).GetProperty("trials").EnumerateArray()];
        JsonElement[] stopped = [.. trials.Where(trial => Outcome(trial).GetProperty("kind").GetString() == "stopped_early")];
        Assert.NotEmpty(stopped);
        Assert.All(stopped, trial => Assert.InRange(trial.GetProperty("run").GetProperty("steps").GetInt32(), 1, 17));
        double best = trials.Max(trial => trial.GetProperty("configuration").GetProperty("max_learning_rate").GetDouble());
        Assert.Equal("trained", Outcome(trials.Single(trial => trial.GetProperty("configuration").GetProperty("max_learning_rate").GetDouble() == best)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Run_PyTorchExample_LearnsAndGoesOnFromItsCheckpoint()
    {
        Assert.SkipUnless(HasTorch(), "/usr/bin/python3 here has no torch (Debian: python3-torch): examples/external/train.py was NOT run.");
        await using var sandbox = new Sandbox();
        string script = await File.ReadAllTextAsync(Path.Combine(Example, "train.py"), Stop);
        const string Report = "        job.report(**line)\n";
        Assert.Contains(Report, script, StringComparison.Ordinal);
        sandbox.Write("train.py", script.Replace(Report, Report + """
                    while job.kind == "trial" and step == job.steps_per_epoch + 5 and not job.stopping and not os.path.exists("go"):
                        time.sleep(0.05)

            """, StringComparison.Ordinal).Replace("import sys\n", "import sys\nimport time\n", StringComparison.Ordinal)); // waits in its second epoch for the interruption
        string spec = sandbox.Write("pytorch.yaml", (await File.ReadAllTextAsync(Path.Combine(Example, "pytorch.yaml"), Stop))
            .Replace("epochs: 4", "epochs: 24", StringComparison.Ordinal));
        SweeperProcess console = sandbox.Start("run", spec, "--slots", "1", "--threads", "1");
        await console.SaysAsync("T-0001 started");
        await UntilAsync(() => Directory.EnumerateFiles(sandbox.Data, "state.pt", SearchOption.AllDirectories).Any(), "it saved no checkpoint");
        console.Signal("INT"); // the script saves once more, as it is asked to stop
        Assert.Equal(130, (await console.EndAsync(TimeSpan.FromMinutes(1))).ExitCode);
        await sandbox.SiloEndsAsync();
        sandbox.Write("go", "");

        await sandbox.OutputAsync("run", spec, "--slots", "1", "--threads", "1");

        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "pytorch")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(2, trials.Length);
        Assert.All(trials, trial => Assert.InRange(Score(trial).GetProperty("validation_accuracy").GetDouble(), 0.5, 1));
        Assert.Equal([62 + 5, 0], trials.Select(trial => trial.GetProperty("run").GetProperty("resumed_from_step").GetInt32())); // 4000 / 64 steps an epoch
    }

    [Fact]
    public async Task Run_SiloWithoutPermission_RunsNoCommand()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("evil.sh", "touch done");
        SweeperProcess silo = sandbox.StartSilo("--data-dir", sandbox.Data, "--threads", "1");
        await UntilAsync(() => sandbox.SiloPid() is not null, "the silo never began");

        BadInput.Assert(
            await sandbox.RunAsync("run", sandbox.Write("evil.yaml", Spec("evil", "[sh, evil.sh]"))), "its operator permits them with --commands", "a command that nobody permitted");

        Assert.False(File.Exists(Path.Combine(sandbox.Root, "done")));
        silo.Signal("TERM");
        await silo.EndAsync(TimeSpan.FromMinutes(1));
        Ended refused = await sandbox.StartSilo("--data-dir", sandbox.Data, "--commands", "python3").EndAsync(TimeSpan.FromMinutes(1));
        Assert.True(refused.ExitCode == 2, refused.ToString());
        Assert.Contains("'python3' is neither none, any, nor absolute paths", refused.Error, StringComparison.Ordinal);
    }

    internal static bool HasTorch()
    {
        if (!File.Exists("/usr/bin/python3"))
        {
            return false;
        }

        using var python = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/usr/bin/python3", ["-c", "import torch"]) { RedirectStandardError = true })!; // it is there
        python.WaitForExit();
        return python.ExitCode == 0;
    }

    private static JsonElement Outcome(JsonElement trial) => trial.GetProperty("outcome");

    private static JsonElement Score(JsonElement trial) => Outcome(trial).GetProperty("score");

    private static async Task<JsonElement[]> RunsAsync(Sandbox sandbox, string sweep) =>
        [.. (await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("run"))];

    private static void Copy(Sandbox sandbox, string file) => File.Copy(Path.Combine(Example, file), Path.Combine(sandbox.Root, file));

    private static bool Lives(int pid) => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"))
        && !File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal);

    private static async Task UntilAsync(Func<bool> wanted, string complaint)
    {
        for (int tries = 0; !wanted(); tries++)
        {
            Assert.True(tries < 1200, complaint);
            await Task.Delay(50, Stop);
        }
    }

    /// <summary>A spec of one or a few trials of 20 steps.</summary>
    internal static string Spec(string name, string command, string search = "search: {space: {max_lr: 0.5, batch_size: 10, weight_decay: 1e-4, dropout: 0}}", string extra = "", double epochs = 2, int examples = 100) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{name}}
        seed: 3
        trainer:
          command: {{command}}
          train_examples: {{examples}}
          validation_examples: 20
          classes: 10
          {{extra}}
        training: {epochs: {{epochs}}}
        range_test: {to: 4}
        {{search}}
        """);
}
