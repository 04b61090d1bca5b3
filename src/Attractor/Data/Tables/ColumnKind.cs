namespace Attractor.Data;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Finite numbers.</summary>
    Real,

    /// <summary>Whole numbers from 0 to 2^53.</summary>
    Count,

    /// <summary>0 or 1, or false or true.</summary>
    Binary,

    /// <summary>One of at most 1000 levels, which are text; in a .npy file whole numbers from 0.</summary>
    Category,
}
