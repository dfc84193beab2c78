using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Pages;
using Sweeper.Grains.Telemetry;
using Sweeper.Silo.Page;
using Sweeper.Silo.Page.Serving;
using Xunit;

namespace Sweeper.Tests.Cluster.Page;

public sealed class ServingTests
{
    private static readonly JobKey Job = new("s", JobKind.Trial, 12);

    [Fact]
    public void JobLogs_LinesOfAnAttempt_AreFoundByJobAndBounded()
    {
        using var logs = new JobLogs(new ManualClock());
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        ILogger logger = factory.CreateLogger("Sweeper.Test");

        Write(logger, LogLevel.Warning, "about nothing");
        using (LogScopes.Attempt(logger, Job, 3))
        {
            Write(logger, LogLevel.Trace, "too fine");
            Write(logger, LogLevel.Error, "it failed", new InvalidOperationException("why"));
        }

        JobLogLine line = Assert.Single(logs.Of("s", "T-0012"));
        Assert.Equal((LogGravity.Error, 3, "it failed (InvalidOperationException: why)"), (line.Level, line.Attempt!.Value, line.Text));
        Assert.Empty(logs.Of("s", "T-0001"));

        for (int number = 1; number <= JobLogs.MostJobs + 10; number++)
        {
            using (LogScopes.Attempt(logger, Job with { Number = number }, 1))
            {
                for (int i = 0; i < (number == 50 ? JobLogs.MostLines + 5 : 1); i++)
                {
                    Write(logger, LogLevel.Information, $"{i}");
                }
            }
        }

        Assert.Equal(JobLogs.MostLines, logs.Of("s", "T-0050").Length);
        Assert.Equal($"{JobLogs.MostLines + 4}", logs.Of("s", "T-0050")[^1].Text);
        Assert.Empty(logs.Of("s", "T-0012"));
    }

    private static void Write(ILogger logger, LogLevel level, string text, Exception? error = null) =>
        logger.Log(level, default, text, error, static (words, _) => words);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(CurveThinning.Most)]
    [InlineData(CurveThinning.Most + 1)]
    [InlineData(12_345)]
    public void CurveThinning_AnyLength_KeepsTheLastAndNotTooMany(int length)
    {
        double[] values = [.. Enumerable.Range(1, length).Select(step => (double)step)];
        var curves = new JobCurves(
            [.. Enumerable.Range(1, length)], values, values, values, values, [.. Enumerable.Range(1, length).Select(step => new Evaluation(step, EvaluationSet.Validation, 1, 0.5))]);

        JobCurves thin = CurveThinning.Of(curves);

        Assert.InRange(thin.Step.Length, Math.Min(length, CurveThinning.Most / 2), CurveThinning.Most);
        Assert.Equal(thin.Step.Length, thin.Evaluations.Length);
        Assert.Equal(curves.Step.LastOrDefault(), thin.Step.LastOrDefault());
        Assert.Equal(thin.Step.Select(step => (double)step), thin.TrainLoss);
    }

    [Fact]
    public void Options_BadOnes_AreAllSaid()
    {
        string? message = PageOptions.Check(new PageOptions
        {
            Port = 70000,
            Prefix = "a b",
            Hosts = "good.example, bad_:host",
            Open = "everywhere",
            TraceLink = "http://localhost/trace",
        })?.ErrorMessage;

        Assert.NotNull(message);
        Assert.All(new[] { "--page-port", "--page-prefix", "--page-hosts", "--page-open", "--trace-link" }, option => Assert.Contains(option, message, StringComparison.Ordinal));
        Assert.DoesNotContain("good.example'", message, StringComparison.Ordinal);
        Assert.Null(PageOptions.Check(new PageOptions { Prefix = "/", Open = "0.0.0.0", Hosts = "a.example", TraceLink = "https://t.example/{trace}?x" }));
    }
}
