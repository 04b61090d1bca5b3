using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>A value on a tape and how it came about.</summary>
internal unsafe struct Node<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Null for what was put on the tape from outside.</summary>
    public Operation<T>? Operation;

    /// <summary>Where the indices of the inputs start in the list of all inputs, and how many they are.</summary>
    public int FirstInput, InputCount;

    public Shape Shape;

    public T* Value;

    /// <summary>Null until something flows into it.</summary>
    public T* Gradient, Tangent;

    /// <summary>What the operation keeps from its forward pass.</summary>
    public T* Saved;

    /// <summary>Rows or columns that the operation picks.</summary>
    public int* Indices;

    public int SavedCount, IndexCount;

    /// <summary>A number of the operation: a slope, an exponent, the start of a slice.</summary>
    public double Argument;

    public bool NeedsGradient;

    /// <summary>The gradient lies in memory of whoever owns the parameter, and is added to.</summary>
    public bool GradientIsOutside;

    /// <summary>The gradient lies outside, and every backward pass replaces it.</summary>
    public bool GradientIsReplaced;

    /// <summary>Of a parameter whose gradient is a product that someone else forms: 1 + its number. 0 otherwise.</summary>
    public int Deferral;

    /// <summary>It is to be replaced and has not been yet: what is there now means nothing.</summary>
    public bool GradientIsStale;
}
