namespace Sweeper.Training.Models;

/// <summary>One entry of the catalogue: how to check an image against a model, and how to build it.</summary>
/// <param name="Name">Name in specs.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="Init">How its authors draw the weights.</param>
/// <param name="SmallestSide">Smallest height and width in pixels.</param>
/// <param name="SideMultiple">What height and width must be divisible by.</param>
/// <param name="Build">Makes the model; its arguments have passed the check.</param>
/// <param name="ClassifierInit">How its authors draw the last layer; null: as the rest.</param>
/// <param name="TakesRows">Whether it takes the rows of a table as well: it does not ask which values are neighbours.</param>
internal sealed record ModelDefinition(
    string Name,
    string Summary,
    WeightInit Init,
    int SmallestSide,
    int SideMultiple,
    Func<ModelBlueprint, ImageModel> Build,
    WeightInit? ClassifierInit = null,
    bool TakesRows = false);
