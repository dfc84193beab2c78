namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="SharingSpec"/>.</summary>
internal static class SharingFields
{
    public static readonly SpecField<int> Priority =
        new("sharing.priority", new WholeType(-100, 100), spec => Of(spec).Priority)
        {
            Doc = "Sweeps of a higher priority are served first. One that has had nothing for ten minutes gets a slot whatever its priority.",
            Default = FieldDefault.Always(SharingSpec.Default.Priority),
            Example = "10",
        };

    public static readonly SpecField<double> Weight =
        new("sharing.weight", new NumberType(new NumberRange(0.01, 100)), spec => Of(spec).Weight)
        {
            Doc = "Share of device time beside sweeps of the same priority: a weight of 2 gets twice what a weight of 1 gets.",
            Default = FieldDefault.Always(SharingSpec.Default.Weight),
            Example = "2",
            OtherWords = ["share"],
        };

    public static readonly SpecField<bool> Preempt =
        new("sharing.preempt", new FlagType(), spec => Of(spec).Preempt)
        {
            Doc = "Whether jobs of a lower priority make room: they write a checkpoint, are handed back, and go on from there later.",
            Default = FieldDefault.Always(SharingSpec.Default.Preempt),
            Example = "true",
            OtherWords = ["preemption", "preemptive"],
        };

    public static readonly SpecField<int?> Together =
        new("sharing.together", new OptionalType<int>(new WholeType(2), "none"), spec => Of(spec).Together)
        {
            Doc = "Jobs that start at the same moment or not at all, so that their wall times are measured under the same load.",
            Default = FieldDefault.Always<int?>(null),
            Example = "4",
            OtherWords = ["gang"],
        };

    public static readonly SpecField<string> Requires =
        new("sharing.requires", new LabelsType(), spec => Of(spec).Needs?.Labels ?? "")
        {
            Doc = "Labels that a device must have for the sweep's jobs; `sweeper workers` shows those of each.",
            Default = FieldDefault.Always(""),
            Example = "[cuda, bf16]",
            OtherWords = ["labels", "device_labels"],
        };

    public static readonly SpecField<double?> MinMemory =
        new("sharing.min_memory", new OptionalType<double>(new NumberType(new NumberRange(0.1, 10_000)), "none"), spec => Of(spec).Needs?.MemoryGiB)
        {
            Doc = "Least memory of a device for the sweep's jobs, in GiB.",
            Default = FieldDefault.Always<double?>(null),
            Example = "16",
            OtherWords = ["memory", "device_memory"],
        };

    public static readonly SpecSection Section = new("sharing")
    {
        Doc = "How the sweep shares the devices with other sweeps: when and where its jobs run, not what they are.",
        OtherWords = ["fair_share"],
        Items = [Priority, Weight, Preempt, Together, Requires, MinMemory],
    };

    private static SharingSpec Of(SweepSpec spec) => spec.Sharing ?? SharingSpec.Default;
}
