using static TorchSharp.torch;

namespace Sweeper.Training.Data.Pixels;

/// <summary>Brings a batch that was gathered in the machine's memory to a device.</summary>
internal static class HostTransfer
{
    /// <summary>The batch on the device, itself where it is there; in the caller's dispose scope.</summary>
    public static Tensor To(Tensor batch, Device device)
    {
        if (AreSame(batch.device, device))
        {
            return batch;
        }

        // Page-locked memory is what the device copies from by itself; torch keeps it until the copy is done.
        using Tensor locked = batch.pin_memory();
        return locked.to(device, non_blocking: true);
    }

    /// <summary>Whether two handles name one device.</summary>
    public static bool AreSame(Device one, Device other) => one.type == other.type && one.index == other.index;
}
