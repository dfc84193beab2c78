namespace Sweeper.Client.Saving;

/// <summary>A few lines of code that load the saved weights elsewhere, for the model card.</summary>
/// <param name="model">Name of the network.</param>
/// <param name="shape">Shape of one image, such as <c>1, 28, 28</c>.</param>
internal sealed class LoadingCode(string model, string shape)
{
    /// <summary>Python with the safetensors package and PyTorch.</summary>
    public string PyTorch() => $"""
        import json, torch
        from safetensors.torch import load_file
        w, model = load_file("{ModelFolder.Weights}"), json.load(open("{ModelFolder.Description}"))
        mean, std = (torch.tensor(model[key]).view(1, -1, 1, 1) for key in ("mean", "standard_deviation"))
        x = (images / 255 - mean) / std  # images: uint8 [N, {shape}]
        {TorchNetwork()}
        """;

    /// <summary>Python with numpy alone.</summary>
    public string Numpy() => $"""
        import json, numpy as np
        raw, model = open("{ModelFolder.Weights}", "rb").read(), json.load(open("{ModelFolder.Description}"))
        start = 8 + int.from_bytes(raw[:8], "little")
        data, types, header = raw[start:], {"{"}"F32": "<f4", "I64": "<i8"{"}"}, json.loads(raw[8:start])
        w = {"{"}k: np.frombuffer(data[slice(*v["data_offsets"])], types[v["dtype"]]).reshape(v["shape"]) for k, v in header.items() if k != "__metadata__"{"}"}
        {NumpyNetwork()}
        """;

    /// <summary>C# with this program's own library.</summary>
    public string CSharp() => $"""
        using Sweeper.Training.Saving; // reference the project Grains, or Sweeper.Grains.dll with TorchSharp's native packages
        using SavedModel model = SavedModel.Load("{ModelFolder.Weights}");
        float[] probability = model.Predict(pixels)[0]; // pixels: one byte each, channel by channel: {shape}
        Console.WriteLine(model.Info.Classes[Array.IndexOf(probability, probability.Max())]);
        """;

    private string TorchNetwork() => model switch
    {
        "mlp" => """
            F = torch.nn.functional
            for layer in ("hidden1", "hidden2"):
                x = F.relu(F.linear(x.flatten(1), w[layer + ".weight"], w[layer + ".bias"]))
            logits = F.linear(x, w["classifier.weight"], w["classifier.bias"])
            """,
        "lenet" => """
            F = torch.nn.functional
            for layer in ("conv1", "conv2"):
                x = F.max_pool2d(F.conv2d(x, w[layer + ".weight"], w[layer + ".bias"]), 2)
            x = F.relu(F.linear(x.flatten(1), w["hidden.weight"], w["hidden.bias"]))
            logits = F.linear(x, w["classifier.weight"], w["classifier.bias"])
            """,
        _ => $$"""
            # w holds every tensor under its module's name, a network of your own under "network."; build {{model}} as `net`, with such names
            print(net.load_state_dict({k.removeprefix("network."): v for k, v in w.items()}, strict=False))  # only num_batches_tracked may be missing
            """,
    };

    private string NumpyNetwork() => model == "mlp"
        ? $"""
            mean, std = (np.reshape(model[key], (1, -1, 1, 1)) for key in ("mean", "standard_deviation"))
            x = ((images / 255 - mean) / std).reshape(len(images), -1)  # images: uint8 [N, {shape}]
            for layer in ("hidden1", "hidden2"):
                x = np.maximum(x @ w[layer + ".weight"].T + w[layer + ".bias"], 0)
            logits = x @ w["classifier.weight"].T + w["classifier.bias"]
            """
        : "print({name: tensor.shape for name, tensor in w.items()})";
}
