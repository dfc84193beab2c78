using Microsoft.Extensions.Time.Testing;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

public sealed class CheckpointTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-checkpoint-");

    private string File1 => Path.Combine(_folder.FullName, "deeper", "trial.ckpt");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resume_CancelledAtRandomSteps_EndsWithTheSameBits(bool adam)
    {
        TrainingResult whole = Run(EngineFixtures.Job(adam), CancelAt());
        Random random = new(adam ? 1 : 2); // any steps do; a fixed choice repeats
        for (int round = 0; round < 4; round++)
        {
            int[] stops = [.. Enumerable.Range(0, 3).Select(_ => random.Next(0, 33)).Order()];
            TrainingJob job = Saved(EngineFixtures.Job(adam));
            TrainingResult last = Run(job, CancelAt(stops[0]));
            Assert.Equal(new TrainingOutcome.Cancelled(stops[0]), last.Outcome);
            last = Run(job, CancelAt(stops[1]));
            Assert.Equal(stops[0], last.ResumedFromStep);
            last = Run(job, CancelAt(stops[2]));
            last = Run(job, CancelAt());

            Assert.Equal(stops[2], last.ResumedFromStep);
            TrainerTests.AssertSameNumbers(whole, last);
            Assert.False(File.Exists(File1), "a run that has ended leaves no checkpoint");
        }
    }

    [Fact]
    public void Resume_AfterACrash_GoesOnFromTheLastSave()
    {
        TrainingResult whole = Run(EngineFixtures.Job(), CancelAt());
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        TrainingJob job = Saved(EngineFixtures.Job(), TimeSpan.FromSeconds(5), maxCost: 1);

        SynchronousProgress crash = new(report =>
        {
            if (report.Step == 25)
            {
                throw new InvalidOperationException("killed");
            }
        });
        Assert.Throws<InvalidOperationException>(() => new Trainer(time).Run(job, _data, crash, CancellationToken.None));
        Assert.True(File.Exists(File1));
        Assert.Equal([File1], Directory.GetFiles(Path.GetDirectoryName(File1)!)); // nothing half-written beside it

        TrainingResult resumed = Run(job, CancelAt());

        Assert.InRange(resumed.ResumedFromStep, 1, 25);
        TrainerTests.AssertSameNumbers(whole, resumed);
    }

    [Fact]
    public void Resume_TimeOfEarlierAttempts_IsAddedUp()
    {
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        TrainingJob job = Saved(EngineFixtures.Job());
        (IProgress<TrainingProgress> progress, CancellationToken token) = CancelAt(20);
        TrainingResult cancelled = new Trainer(time).Run(job, _data, progress, token);
        TrainingResult resumed = new Trainer(time).Run(job, _data, null, CancellationToken.None);

        Assert.Equal(20, resumed.ResumedFromStep);
        Assert.True(resumed.WallTime > cancelled.WallTime);
        Assert.True(resumed.TrainingTime > cancelled.TrainingTime);
    }

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        byte[] whole = Interrupted();
        foreach (int length in new[] { 0, 1, 7, 8, 12, 51, 52, 53, 1000, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(File1, whole[..length]);

            CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Read(File1));
            Assert.Contains(File1, error.Message, StringComparison.Ordinal);
            Assert.EndsWith("delete the file to start the run from its beginning", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_AnyByteFlipped_IsRefused()
    {
        byte[] whole = Interrupted();
        for (int i = 0; i < whole.Length; i += i < 200 ? 1 : 1 + (whole.Length / 200))
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(File1, damaged);

            Assert.Throws<CheckpointException>(() => CheckpointFile.Read(File1));
        }
    }

    [Fact]
    public void Read_SomethingAppended_IsRefused()
    {
        File.WriteAllBytes(File1, [.. Interrupted(), 0]);

        Assert.Throws<CheckpointException>(() => CheckpointFile.Read(File1));
    }

    [Fact]
    public void Read_FilesOfPickleAndTorchScript_AreRefusedUnread()
    {
        Interrupted(); // makes the folder
        foreach (byte[] hostile in new[]
        {
            "cposix\nsystem\n(S'touch /tmp/owned'\ntR."u8.ToArray(), // a pickle that runs a command
            [0x80, 0x02, .. "cos\nsystem\nq\0X\u0004\0\0\0true\u0085R."u8], // protocol 2
            [0x50, 0x4B, 0x03, 0x04, .. "archive/code/__torch__.py"u8], // TorchScript, and torch.save, are zip files
        })
        {
            File.WriteAllBytes(File1, hostile);

            CheckpointException error = Assert.Throws<CheckpointException>(() => CheckpointFile.Read(File1));
            Assert.Contains("it is no checkpoint", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_ForgedBodiesWithARightChecksum_AreCheckpointsOrRefused()
    {
        const int header = 52;
        byte[] whole = Interrupted();
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] body = i % 2 == 0 ? whole[header..] : new byte[random.Next(400)];
            if (i % 2 == 0)
            {
                for (int change = 0; change < 4; change++)
                {
                    body[random.Next(Math.Min(body.Length, 600))] = (byte)random.Next(256);
                }
            }
            else
            {
                random.NextBytes(body);
            }

            byte[] forged = [.. whole[..12], .. BitConverter.GetBytes((long)body.Length), .. System.Security.Cryptography.SHA256.HashData(body), .. body];
            File.WriteAllBytes(File1, forged);
            try
            {
                Assert.NotNull(CheckpointFile.Read(File1));
            }
            catch (CheckpointException refused)
            {
                Assert.Contains(File1, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        Interrupted();
        Checkpoint once = CheckpointFile.Read(File1)!;
        string copy = Path.Combine(_folder.FullName, "copy.ckpt");
        CheckpointFile.Write(copy, once);

        Assert.Equal(File.ReadAllBytes(File1), File.ReadAllBytes(copy));
        Assert.Equal(17, once.Step);
        Assert.Equal(17, once.Curve.Length);
        Assert.Equal(17, once.Session.OptimiserSteps);
        Assert.Equal(1, once.Session.Batches.Epoch);
    }

    [Fact]
    public void Resume_CheckpointOfAnotherJob_IsRefusedAndKept()
    {
        byte[] whole = Interrupted();
        TrainingJob[] others =
        [
            EngineFixtures.Job(seed: 6),
            EngineFixtures.Job(adam: true),
            EngineFixtures.Job(epochs: 4),
            EngineFixtures.Job(peak: 0.06),
            EngineFixtures.Job() with { BatchSize = 15 },
            EngineFixtures.Job() with { Augmentation = Augmentation.None },
            EngineFixtures.Job() with { SplitSeed = 1 },
        ];
        foreach (TrainingJob other in others)
        {
            CheckpointException error = Assert.Throws<CheckpointException>(() => Run(Saved(other), CancelAt()));
            Assert.Contains("is of another run", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(whole, File.ReadAllBytes(File1));
    }

    [Fact]
    public void Write_PlaceThatCannotBe_SaysSo()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "deeper"), "a file where a folder should be");

        CheckpointException error = Assert.Throws<CheckpointException>(() => Run(Saved(EngineFixtures.Job()), CancelAt(2)));

        Assert.StartsWith($"cannot save the checkpoint {File1}:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)] // at the next step after a write that failed
    [InlineData(1)] // at the end, where it was the only one
    public void Run_CheckpointThatCannotBeWritten_EndsWithItsReason(double hours)
    {
        string below = Path.Combine(Path.GetDirectoryName(File1)!, "file");
        Directory.CreateDirectory(Path.GetDirectoryName(below)!);
        File.WriteAllText(below, "no folder");
        TrainingJob job = EngineFixtures.Job() with
        {
            Checkpoint = new CheckpointOptions { Path = Path.Combine(below, "checkpoint"), Interval = TimeSpan.FromHours(hours) },
        };

        CheckpointException error = Assert.Throws<CheckpointException>(() => Run(job, CancelAt(17)));

        Assert.StartsWith($"cannot save the checkpoint {job.Checkpoint!.Path}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Timer_CostlySaves_AreSpacedToTheirShare()
    {
        FakeTimeProvider time = new();
        CheckpointTimer timer = new(new CheckpointOptions { Path = "x", Interval = TimeSpan.FromSeconds(10), MaxCost = 0.01 }, time);

        Assert.False(timer.IsDue);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(timer.IsDue);
        timer.Begin();
        time.Advance(TimeSpan.FromSeconds(2));
        timer.Note(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(197));
        Assert.False(timer.IsDue); // a save of 2 s every 200 s is 1%
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(timer.IsDue);
    }

    private byte[] Interrupted()
    {
        TrainingResult result = Run(Saved(EngineFixtures.Job()), CancelAt(17));
        Assert.Equal(new TrainingOutcome.Cancelled(17), result.Outcome);
        return File.ReadAllBytes(File1);
    }

    private TrainingJob Saved(TrainingJob job, TimeSpan? interval = null, double maxCost = 0.01) => job with
    {
        Checkpoint = new CheckpointOptions { Path = File1, Interval = interval ?? TimeSpan.FromHours(1), MaxCost = maxCost },
    };

    private TrainingResult Run(TrainingJob job, (IProgress<TrainingProgress> Progress, CancellationToken Token) how) =>
        new Trainer(TimeProvider.System).Run(job, _data, how.Progress, how.Token);

    private static (IProgress<TrainingProgress> Progress, CancellationToken Token) CancelAt(int step = -1)
    {
        CancellationTokenSource stop = new();
        return (new SynchronousProgress(report =>
        {
            if (report.Step == step)
            {
                stop.Cancel();
            }
        }), stop.Token);
    }
}
