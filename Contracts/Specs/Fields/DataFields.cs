namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="DataSpec"/>.</summary>
internal static class DataFields
{
    public static readonly SpecField<string> Set =
        new("data.set", new TextType("the name of a data set", SpecPatterns.Word(), KnownNames.BuiltIn.DataSets), spec => spec.Data.Set)
        {
            Doc = "Data set by its name; `sweeper data list` lists them all.",
            Default = FieldDefault.None("mnist"),
            Example = "fashion-mnist-10k",
            OtherWords = ["dataset", "name"],
            Only = TrainerFields.WithoutCommand,
            Alternative = TrainerFields.Command,
            Prominent = true,
        };

    private static readonly FieldCondition OfTable =
        new(Set, values => values.Get(Set) == KnownNames.Table, $"with set `{KnownNames.Table}`");

    private static readonly FieldCondition OfImages =
        new(Set, values => values.Get(Set) != KnownNames.Table, "with a set of images");

    public static readonly SpecField<string?> Path =
        new("data.path", new OptionalTextType(new TextType("a folder or archive", SpecPatterns.FilePath())), spec => spec.Data.Path)
        {
            Doc = "Folder or archive that holds the set, or the file of set `arrays` or `table`; a relative one counts from the folder of the spec. Without it the data directory and the system's data folders are searched, then the set is downloaded.",
            Default = FieldDefault.Always<string?>(null, "the known places"),
            Example = "/data/mnist",
            OtherWords = ["dir", "folder", "root"],
            Only = new FieldCondition(Set, values => !KnownNames.WithoutPath.Contains(values.Get(Set)), "with a set that is not built in"),
        };

    public static readonly SpecField<string?> Target =
        new("data.target", new OptionalTextType(new TextType("the name of a column", SpecPatterns.FilePath())), spec => spec.Data.Target)
        {
            Doc = "Column of the table that holds the classes, or the numbers to predict; every other column is something to tell them by.",
            Default = FieldDefault.Always<string?>(null, "required"),
            Example = "species",
            OtherWords = ["label", "label_column", "y", "class"],
            Only = OfTable,
        };

    public static readonly SpecField<TaskSpec> Task =
        new(
            "data.task",
            new ChoiceType<TaskSpec>(
                new Choice<TaskSpec>("classification", TaskSpec.Classification, "the target holds classes"),
                new Choice<TaskSpec>("regression", TaskSpec.Regression, "the target holds numbers, which are predicted")),
            spec => spec.Data.Task)
        {
            Doc = "What is learned of the table's target. Of numbers the loss is the mean squared error, and R² stands where accuracy does.",
            Default = FieldDefault.Always(TaskSpec.Classification),
            Example = "regression",
            OtherWords = ["objective", "problem", "type", "kind"],
            Only = OfTable,
        };

    public static readonly SpecField<string?> TestPath =
        new("data.test_path", new OptionalTextType(new TextType("a file", SpecPatterns.FilePath())), spec => spec.Data.TestPath)
        {
            Doc = "File of the table's test rows, with the same columns. Without it a fifth of each class (or of each tenth of the numbers) is set aside by seed.",
            Default = FieldDefault.Always<string?>(null, "a fifth of the rows"),
            Example = "test.csv",
            OtherWords = ["test", "test_file"],
            Only = OfTable,
        };

    public static readonly SpecField<AxisSpec.Values> TrainSize =
        new("data.train_size", new TrainSizeType(), spec => spec.Data.TrainSizes ?? new AxisSpec.Values([spec.Data.TrainSize ?? DataSpec.All]))
        {
            Doc = "Training images to use, drawn evenly from the classes, before the validation split. A list is a factor of the search: nested subsets, measured on the same images (see \"Limited data\" below).",
            Default = FieldDefault.Always(new AxisSpec.Values([DataSpec.All])),
            Example = "5000",
            OtherWords = ["samples", "limit"],
        };

    public static readonly SpecField<double> Validation =
        new("data.validation", new NumberType(new NumberRange(0, 0.5) { Percent = true }), spec => spec.Data.Validation)
        {
            Doc = "Fraction of the training images that is held out to select by.",
            Default = FieldDefault.Always(DataSpec.DefaultValidation, "10%"),
            Example = "10%",
            OtherWords = ["validation_split", "val", "valid"],
            Prominent = true,
        };

    public static readonly SpecField<int?> ImageSize =
        new("data.image_size", new OptionalType<int>(new WholeType(8, 512), "native"), spec => spec.Data.ImageSize)
        {
            Doc = "Height and width in pixels that the images of a folder are resized to.",
            Default = FieldDefault.Always<int?>(null, "32"),
            Example = "32",
            Only = new FieldCondition(Set, values => values.Get(Set) == KnownNames.ImageFolder, $"with set `{KnownNames.ImageFolder}`"),
        };

    public static readonly SpecField<DamagedFilesSpec> DamagedFiles =
        new(
            "data.damaged_files",
            new ChoiceType<DamagedFilesSpec>(
                new Choice<DamagedFilesSpec>("refuse", DamagedFilesSpec.Refuse, "they are an error, which names them"),
                new Choice<DamagedFilesSpec>("skip", DamagedFilesSpec.Skip, "they are left out, and counted with every result")),
            spec => spec.Data.DamagedFiles)
        {
            Doc = "What becomes of a folder's files that are no readable image.",
            Default = FieldDefault.Always(DamagedFilesSpec.Refuse),
            Example = "skip",
            OtherWords = ["corrupt", "corrupt_files", "on_error", "skip_errors"],
            Only = new FieldCondition(Set, values => values.Get(Set) == KnownNames.ImageFolder, $"with set `{KnownNames.ImageFolder}`"),
        };

    public static readonly SpecField<bool> Streaming =
        new("data.streaming", new FlagType(), spec => spec.Data.Streaming)
        {
            Doc = "Keep the decoded images of a folder on disk and read them as they are needed, shuffled by shards: for a set that does not fit into memory (see [data.md](data.md)).",
            Default = FieldDefault.Always(false),
            Example = "true",
            OtherWords = ["stream", "streamed", "on_disk", "lazy"],
            Only = new FieldCondition(Set, values => values.Get(Set) == KnownNames.ImageFolder, $"with set `{KnownNames.ImageFolder}`"),
        };

    public static readonly SpecField<PixelScalingSpec> Scaling =
        new(
            "data.scaling",
            new ChoiceType<PixelScalingSpec>(
                new Choice<PixelScalingSpec>("standard", PixelScalingSpec.Standard, "mean 0 and deviation 1 per channel, or column, over the training part"),
                new Choice<PixelScalingSpec>("unit", PixelScalingSpec.Unit, "0 is black, 1 is full, as in Caffe's examples; of a column, 0 is the least and 1 the greatest in the training part")),
            spec => spec.Data.Scaling)
        {
            Doc = "How pixels, and a table's numbers, become what a network sees.",
            Default = FieldDefault.Always(PixelScalingSpec.Standard),
            Example = "standard",
            OtherWords = ["normalize", "normalise", "normalization"],
        };

    public static readonly SpecField<bool> Flip =
        new("data.augment.flip", new FlagType(), spec => spec.Data.Flip)
        {
            Doc = "Mirror training images left to right with probability one half.",
            Default = FieldDefault.Always(false),
            Example = "true",
            OtherWords = ["horizontal_flip", "mirror"],
            Only = OfImages,
        };

    public static readonly SpecField<int> Crop =
        new("data.augment.crop", new WholeType(0, 64), spec => spec.Data.Crop)
        {
            Doc = "Pixels of padding before a random crop back to size; 0: none.",
            Default = FieldDefault.Always(0),
            Example = "4",
            OtherWords = ["pad", "padding", "random_crop"],
            Only = OfImages,
        };

    public static readonly SpecField<int> Cutout =
        new("data.augment.cutout", new WholeType(0, 256), spec => spec.Data.Cutout)
        {
            Doc = "Side in pixels of a square that is blanked at a random place; 0: none.",
            Default = FieldDefault.Always(0),
            Example = "8",
            OtherWords = ["erase", "random_erasing"],
            Only = OfImages,
        };

    public static readonly SpecSection Section = new("data")
    {
        Doc = "Images, or rows of a table, to train on. A name alone is the same as `{set: name}`.",
        Shorthand = Set,
        OtherWords = ["dataset"],
        Items =
        [
            Set, Path, Target, Task, TestPath, TrainSize, Validation, ImageSize, DamagedFiles, Streaming, Scaling,
            new SpecSection("data.augment")
            {
                Doc = "Random changes to training images, drawn anew for each batch.",
                OtherWords = ["augmentation", "augmentations"],
                Items = [Flip, Crop, Cutout],
            },
        ],
    };
}
