namespace Sweeper.Contracts.Specs;

/// <summary>Which models are the same network at other depths or in a variant: what is good for one of them is a good guess for the others.</summary>
public static class ModelFamilies
{
    /// <summary>Family of a model: residual networks for small images (<c>resnet20</c> to <c>resnet110-smith</c>) are one, every other model is its own.</summary>
    /// <param name="model">Name of a model.</param>
    public static string Of(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Split('-')[0] is "resnet20" or "resnet56" or "resnet110" ? "resnet" : model;
    }
}
