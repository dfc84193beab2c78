namespace Sweeper.Training.Data;

/// <summary>What surrounds an image before a random crop.</summary>
public enum CropPadding
{
    /// <summary>The image mirrored at its edge, the edge itself not repeated.</summary>
    Reflect,

    /// <summary>Black pixels: value 0 before normalisation.</summary>
    Zero,
}
