using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Schema;

/// <summary>One step of the schema's history. A version that was released is never changed; a new one is added.</summary>
/// <param name="Number">Version that the schema has afterwards, from 1.</param>
/// <param name="Script">
/// SQL statements that both engines understand, with column types as <c>{text}</c>, <c>{integer}</c>, <c>{real}</c>,
/// <c>{time}</c>, <c>{json}</c> and <c>{bytes}</c>.
/// </param>
internal sealed record SchemaVersion(int Number, string Script)
{
    /// <summary>The whole history, oldest first.</summary>
    public static IReadOnlyList<SchemaVersion> All { get; } =
    [
        new(1, Version1.Script), new(2, Version2.Script), new(3, Version3.Script), new(4, Version4.Script), new(5, Version5.Script),
        new(6, Version6.Script), new(7, Version7.Script), new(8, Version8.Script), new(9, Version9.Script),
    ];

    /// <summary>The script with the types of an engine.</summary>
    public string ScriptFor(StoreDialect dialect) => Enum.GetValues<ColumnType>().Aggregate(
        Script, (script, type) => script.Replace($"{{{EnumText<ColumnType>.Of(type)}}}", dialect.NameOf(type), StringComparison.Ordinal));
}
