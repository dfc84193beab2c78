using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// An operation of ours in torch's graph of gradients. TorchSharp's own way to one (<c>autograd.Function</c>) allocates every output a second
/// time and a dozen objects besides; this takes the same exports of its library without either. Nodes are used again.
/// </summary>
internal sealed unsafe partial class GradientNode
{
    private const string Library = "LibTorchSharp";
    private const int MostInputs = 4;

    private static readonly ConcurrentBag<GradientNode> Spare = [];

    /// <summary>Gradients handed over on this thread: native code has taken them by the next call, or when the pass has ended.</summary>
    [ThreadStatic]
    private static RawTensor[]? _handedOver;

    [ThreadStatic]
    private static ExceptionDispatchInfo? _failure;

    private readonly ApplyCallback _apply; // native code calls them: they live as long as the node, which lives for good
    private readonly DeleteCallback _delete;
    private readonly RoomCallback _room;
    private readonly nint* _answer = (nint*)NativeMemory.AllocZeroed(MostInputs, (nuint)sizeof(nint));
    private IGradient? _gradient;
    private int _inputs;

    private GradientNode()
    {
        _apply = Apply;
        _delete = Delete;
        _room = _ => _answer;
        GCHandle.Alloc(this);
    }

    private delegate TensorArray ApplyCallback(nint* gradients, int count);

    private delegate void DeleteCallback();

    private delegate nint* RoomCallback(nint count);

    /// <summary>Puts an operation into the graph, where gradients are wanted.</summary>
    /// <param name="output">What it computed, without a gradient so far; taken over.</param>
    /// <param name="inputs">What it was computed from; gradients are for these, in this order. At most four.</param>
    /// <param name="gradient">How; disposed when it is not needed any longer, at once where no gradient is wanted.</param>
    /// <returns>The output as part of the graph.</returns>
    public static Tensor Attach(RawTensor output, ReadOnlySpan<Tensor> inputs, IGradient gradient)
    {
        bool wanted = false;
        nint* handles = stackalloc nint[MostInputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            handles[i] = inputs[i].Handle;
            wanted |= inputs[i].requires_grad;
        }

        if (!wanted || !is_grad_enabled())
        {
            gradient.Dispose();
            return output.ToTensor();
        }

        if (!Spare.TryTake(out GradientNode? node))
        {
            node = new GradientNode();
        }

        (node._gradient, node._inputs) = (gradient, inputs.Length);
        node._answer[0] = 0;
        nint from = output.Handle;
        NodePointers pointers = Create(node._apply, node._delete);
        SetNextEdges(pointers, new TensorArray(handles, inputs.Length), true);
        ClearInputMetadata(pointers);
        WrapOutputs(new TensorArray(handles, inputs.Length), default, default, new TensorArray(&from, 1), pointers, node._room);
        DisposeShared(pointers); // the output holds it now
        DisposeWeak(pointers);
        output.Dispose();
        return node._answer[0] == 0 ? throw new InvalidOperationException("libtorch took no operation of ours into its graph") : Tensor.UnsafeCreateTensor(node._answer[0]);
    }

    /// <summary>
    /// To be called on the same thread after a backward pass: frees what operations of ours handed over last, and throws what went wrong in one
    /// of them, as no exception passes through native code.
    /// </summary>
    public static void EndPass()
    {
        FreeHandedOver();
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    private static Span<RawTensor> FreeHandedOver()
    {
        RawTensor[] handedOver = _handedOver ??= new RawTensor[MostInputs];
        foreach (RawTensor tensor in handedOver)
        {
            tensor.Dispose();
        }

        Array.Clear(handedOver);
        return handedOver;
    }

    private TensorArray Apply(nint* gradients, int count)
    {
        Span<RawTensor> handedOver = FreeHandedOver();
        new Span<nint>(_answer, MostInputs).Clear();
        try
        {
            using RawTensor output = new(gradients[0]);
            (_gradient ?? throw new InvalidOperationException("the gradients of this graph have been taken before")).Backward(output, handedOver);
            for (int i = 0; i < _inputs; i++)
            {
                _answer[i] = handedOver[i].Handle;
            }
        }
        catch (Exception error) // It would end the process on its way through native code.
        {
            _failure ??= ExceptionDispatchInfo.Capture(error);
        }

        Release(); // now: the graph lives until the step has ended
        return new TensorArray(_answer, _inputs);
    }

    private void Delete()
    {
        Release();
        Spare.Add(this);
    }

    private void Release()
    {
        _gradient?.Dispose();
        _gradient = null;
    }

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_ctor")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial NodePointers Create(ApplyCallback apply, DeleteCallback delete);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_setNextEdges")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void SetNextEdges(NodePointers node, TensorArray inputs, [MarshalAs(UnmanagedType.U1)] bool executable);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_clearInputMetadata")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void ClearInputMetadata(NodePointers node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_Function_wrapOutputs")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void WrapOutputs(
        TensorArray inputs, TensorArray notDifferentiable, TensorArray changed, TensorArray outputs, NodePointers node, RoomCallback room);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeSharedPtr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void DisposeShared(NodePointers node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeWeakPtr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial void DisposeWeak(NodePointers node);

    private readonly struct TensorArray(nint* first, long size)
    {
        public readonly nint* First = first;
        public readonly long Size = size;
    }

    private readonly record struct NodePointers(nint Shared, nint Weak);
}

/// <summary>The way back through an operation.</summary>
internal interface IGradient : IDisposable
{
    /// <summary>Gradients of the inputs from that of the output.</summary>
    /// <param name="output">Gradient of the output; the caller's.</param>
    /// <param name="inputs">Receives one for each input, in their order, as new tensors; none where there is no gradient.</param>
    void Backward(RawTensor output, Span<RawTensor> inputs);
}
