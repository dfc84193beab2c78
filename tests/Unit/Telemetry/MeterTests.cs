using System.Diagnostics.Metrics;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Telemetry;
using Sweeper.Grains.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Telemetry;

public sealed class MeterTests
{
    [Fact]
    public void TrainingMeter_ReportsOfAResumedRun_CountsWhatThisAttemptTrained()
    {
        string worker = nameof(TrainingMeter_ReportsOfAResumedRun_CountsWhatThisAttemptTrained);
        List<double> images = Listen(Instruments.TrainingImages.Name, worker, out MeterListener listener);
        using (listener)
        {
            var meter = new TrainingMeter(worker, imagesPerStep: 20);
            meter.Note(100);
            meter.Note(103);
            meter.Note(103);
            meter.Note(104);
        }

        Assert.Equal([60, 20], images);
    }

    [Fact]
    public void SlotClock_PartsOfAJob_AddUpToItsTime()
    {
        string worker = nameof(SlotClock_PartsOfAJob_AddUpToItsTime);
        List<double> seconds = Listen(Instruments.SlotTime.Name, worker, out MeterListener listener);
        using (listener)
        {
            SlotClock.Enter(SlotClock.Training); // no job on this thread: nothing happens
            using (SlotClock.Start(worker))
            {
                SlotClock.Enter(SlotClock.Training);
                SlotClock.Flush();
                SlotClock.Enter(SlotClock.Evaluating);
            }

            SlotClock.Flush();
        }

        Assert.Equal(4, seconds.Count);
        Assert.All(seconds, time => Assert.InRange(time, 0, 60));
    }

    [Fact]
    public void SlotIdling_NextJobOfTheSameSweep_MeasuresTheGap()
    {
        string worker = nameof(SlotIdling_NextJobOfTheSameSweep_MeasuresTheGap);
        List<double> gaps = Listen(Instruments.JobGap.Name, worker, out MeterListener listener);
        using (listener)
        {
            var idling = new SlotIdling(worker);
            idling.Started(2, "a");
            idling.Ended(1, "a", draining: false);
            idling.Started(2, "a");
            idling.Ended(1, "a", draining: false);
            idling.Started(2, "b");
        }

        Assert.Single(gaps);
    }

    [Theory]
    [InlineData(SweepStatus.Running, 2, 0, 2, "handover")]
    [InlineData(SweepStatus.Running, 2, 0, 0, "limited")]
    [InlineData(SweepStatus.Running, 0, 2, 0, "range_tests")]
    [InlineData(SweepStatus.Running, 0, 0, 0, "no_work")]
    [InlineData(SweepStatus.Paused, 2, 0, 0, "paused")]
    public void IdleReason_Sweep_SaysWhy(SweepStatus status, int ready, int waiting, int wanted, string reason)
    {
        var none = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
        const string Sweep = "idle-reason";
        SweepGauges.Set(Sweep, new SweepStanding(status, none with { Ready = ready, Waiting = waiting }, none, wanted, null));
        try
        {
            Assert.Equal(reason, SweepGauges.IdleReason(draining: false));
            Assert.Equal("draining", SweepGauges.IdleReason(draining: true));
        }
        finally
        {
            SweepGauges.Remove(Sweep);
        }
    }

    [Fact]
    public void NvidiaDriver_WhateverMachine_AnswersWithSensibleNumbers() => Assert.All(NvidiaDriver.Read(), gpu =>
    {
        Assert.StartsWith("GPU-", gpu.Id, StringComparison.Ordinal);
        Assert.InRange(gpu.Utilization, 0, 1);
        Assert.InRange(gpu.MemoryUsed, 0, gpu.MemoryTotal);
    });

    /// <summary>Hears an instrument's measurements of one worker: other tests measure at the same time.</summary>
    private static List<double> Listen(string instrument, string worker, out MeterListener listener)
    {
        var heard = new List<double>();
        listener = new MeterListener
        {
            InstrumentPublished = (published, self) =>
            {
                if (published.Name == instrument)
                {
                    self.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Add(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, tags));
        listener.Start();
        return heard;

        void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == Attributes.Worker && tag.Value is string name && name == worker)
                {
                    heard.Add(value);
                }
            }
        }
    }
}
