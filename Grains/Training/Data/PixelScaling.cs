namespace Sweeper.Training.Data;

/// <summary>How 8-bit pixels become the numbers that a network sees.</summary>
public enum PixelScaling
{
    /// <summary>Mean 0 and standard deviation 1 per channel (per column of a table) over the training part.</summary>
    Standard,

    /// <summary>
    /// 0 is black, 1 is full, as Caffe's examples scale; zero padding and cutout are then black. Of a table's column: 0 is the
    /// least number of the training part, 1 the greatest.
    /// </summary>
    Unit,
}
