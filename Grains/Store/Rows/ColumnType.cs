namespace Sweeper.Grains.Store.Rows;

/// <summary>Types that columns have.</summary>
internal enum ColumnType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole number of 64 bits.</summary>
    Integer,

    /// <summary>IEEE double.</summary>
    Real,

    /// <summary>Moment in UTC, to the microsecond; goes in and out as text of <see cref="StoreTime"/>.</summary>
    Time,

    /// <summary>JSON text, kept as it is written.</summary>
    Json,

    /// <summary>Bytes.</summary>
    Bytes,
}
