namespace Sweeper.Training.Models;

/// <summary>How a residual net of the CIFAR family halves the image and widens.</summary>
internal enum ResidualVariant
{
    /// <summary>
    /// He et al., arXiv:1512.03385, option A: the first block of a stage is wide already; its shortcut takes every second
    /// pixel and pads the missing channels with zeros.
    /// </summary>
    He,

    /// <summary>
    /// Smith and Topin's Caffe files for arXiv:1708.07120: the first block of a stage keeps the old width; its shortcut is a
    /// 3x3 average pooling of stride 2, and the zero channels are appended after the block's ReLU.
    /// </summary>
    Smith,
}
