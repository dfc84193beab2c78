using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Models;
using Sweeper.Training.Data;
using Sweeper.Training.Saving;

namespace Sweeper.Grains.Models;

/// <summary>Runs saved networks on the CPU, on pool threads, never in a grain's turn.</summary>
[StatelessWorker]
internal sealed class ModelGrain : Grain, IModelGrain
{
    /// <inheritdoc />
    public Task<ModelAnswer> PredictAsync(byte[] model, ImmutableArray<ImageFile> files) => Task.Run(() => Predict(model, files));

    private static ModelAnswer Predict(byte[] content, ImmutableArray<ImageFile> files)
    {
        try
        {
            using SavedModel model = SavedModel.Load(content.AsMemory());
            return new ModelAnswer(null, model.Info.Model.Name, model.Info.Classes, [.. files.Select(file => Predict(model, file))]);
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
            return new FileAnswer(null, model.Predict(InputImages.Read(file.Name, file.Bytes, model.Info)));
        }
        catch (DataSetException error)
        {
            return new FileAnswer(error.Message, []);
        }
    }
}
