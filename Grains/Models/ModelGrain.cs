using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Formats.Tables;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Saving;

namespace Sweeper.Grains.Models;

/// <summary>Runs saved networks on the CPU, on pool threads, never in a grain's turn.</summary>
[StatelessWorker]
internal sealed class ModelGrain(ModelRegistry models, TimeProvider clock) : Grain, IModelGrain
{
    /// <inheritdoc />
    public Task<ModelAnswer> PredictAsync(byte[] model, ImmutableArray<ImageFile> files, byte[]? script = null) => Task.Run(() => Predict(model, files, script));

    /// <inheritdoc />
    public async Task<ModelTrial> TryAsync(SweepSpec spec)
    {
        ImmutableArray<SpecProblem> problems = SpecValidator.Validate(spec);
        if (!problems.IsEmpty)
        {
            return ModelTrial.Refused(problems);
        }

        (ImmutableArray<WorkerStatus> workers, SpecProblem? problem) = await FirstWorkers.ListAsync(GrainFactory.GetGrain<IWorkerPoolGrain>(0), spec, clock);
        return problem is null ? await GrainFactory.GetGrain<IGpuWorkerGrain>(workers[0].Key.ToString()).TryModelAsync(spec, run: true) : ModelTrial.Refused(problem);
    }

    private ModelAnswer Predict(byte[] content, ImmutableArray<ImageFile> files, byte[]? script)
    {
        try
        {
            using SavedModel model = SavedModel.Load(content.AsMemory(), models, models.PermittedScripts is null ? script : null); // where an operator says which files may run, a client does not
            if (model.Info is { Input.IsRow: true, Table: null })
            {
                return new ModelAnswer("it was saved by an earlier version, without how a row becomes features; save it again: sweeper best NAME --save", "", [], []);
            }

            return new ModelAnswer(null, model.Info.Model.Name, model.Info.Classes, [.. files.Select(file => Predict(model, file))], model.Info.Table?.Target);
        }
        catch (InvalidDataException error)
        {
            return new ModelAnswer(error.Message, "", [], []);
        }
    }

    private static FileAnswer Predict(SavedModel model, ImageFile file)
    {
        try
        {
            return new FileAnswer(null, model.Info.Table is null
                ? model.Predict(InputImages.Read(file.Name, file.Bytes, model.Info))
                : model.PredictTable(TableFile.Read(file.Name, () => new MemoryStream(file.Bytes, writable: false), new ReadContext(model.Info.DataSet, null, CancellationToken.None))));
        }
        catch (DataSetException error)
        {
            return new FileAnswer(error.Message, []);
        }
    }
}
