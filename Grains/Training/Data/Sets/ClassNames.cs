namespace Sweeper.Training.Data.Sets;

/// <summary>Names of the classes of the known sets, in label order.</summary>
internal static class ClassNames
{
    /// <summary>0 to 9.</summary>
    public static IReadOnlyList<string> Digits { get; } = Characters("0123456789");

    /// <summary>EMNIST letters, upper and lower case as one.</summary>
    public static IReadOnlyList<string> Letters { get; } = Characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>EMNIST balanced and by merge: lower case apart only where it looks different.</summary>
    public static IReadOnlyList<string> Merged { get; } = Characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt");

    /// <summary>EMNIST by class.</summary>
    public static IReadOnlyList<string> Alphanumeric { get; } = Characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Fashion-MNIST.</summary>
    public static IReadOnlyList<string> Fashion { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>Kuzushiji-MNIST: one syllable of each row of the syllabary.</summary>
    public static IReadOnlyList<string> Kuzushiji { get; } = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];

    /// <summary>CIFAR-10.</summary>
    public static IReadOnlyList<string> CifarTen { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>CIFAR-100, the fine labels.</summary>
    public static IReadOnlyList<string> CifarHundred { get; } = [.. """
        apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle
        caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish
        forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle
        mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
        possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar
        sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe whale
        willow_tree wolf woman worm
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    private static IReadOnlyList<string> Characters(string characters) => [.. characters.Select(character => character.ToString())];
}
