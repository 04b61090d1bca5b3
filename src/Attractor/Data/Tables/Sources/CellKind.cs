namespace Attractor.Data;

/// <summary>What the cells of a column are.</summary>
internal enum CellKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Instants, or times of a day.</summary>
    Time,

    /// <summary>Text.</summary>
    Text,
}
