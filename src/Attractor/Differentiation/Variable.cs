using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>A matrix on a <see cref="Tape{T}"/>: a handle, to be passed by value. What is computed with it is recorded.</summary>
/// <remarks>
/// Elementwise operations broadcast as NumPy does: a matrix of one row with every row of the other, one of one column with every column.
/// Valid until the tape is reset.
/// </remarks>
public readonly unsafe partial struct Variable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tape<T>? _tape;
    private readonly int _index, _generation;

    internal Variable(Tape<T> tape, int index) => (_tape, _index, _generation) = (tape, index, tape.Generation);

    /// <summary>The tape that it is on.</summary>
    public Tape<T> Tape => _tape ?? throw new InvalidOperationException("This variable is on no tape.");

    /// <summary>Rows and columns.</summary>
    public Shape Shape => Node.Shape;

    /// <summary>Number of rows.</summary>
    public int Rows => Shape.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => Shape.Columns;

    /// <summary>The values, row by row.</summary>
    public ReadOnlySpan<T> Value => new(Node.Value, Shape.Count);

    /// <summary>The only value of a 1 x 1 matrix.</summary>
    /// <exception cref="InvalidOperationException">It has another shape.</exception>
    public T Scalar => Shape.Count == 1 ? *Node.Value : throw new InvalidOperationException($"A matrix of {Shape} is not a number.");

    /// <summary>
    /// The gradient that the last <see cref="Tape{T}.Backward(Variable{T})"/> found, row by row: zeros where nothing flowed. That of a
    /// parameter of a model is what all passes have added since it was cleared.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is a constant, or computed from constants alone.</exception>
    public ReadOnlySpan<T> Gradient => Node.NeedsGradient
        ? new(Tape.GradientOf(_index), Shape.Count)
        : throw new InvalidOperationException("No gradient flows through a constant. Put it on the tape as a variable.");

    /// <summary>The same values as a constant: no gradient flows through them.</summary>
    public Variable<T> StopGradient()
    {
        int index = IndexOn(Tape);
        return Tape.Stopped(index);
    }

    private ref Node<T> Node => ref Tape.NodeAt(IndexOn(Tape));

    internal int IndexOn(Tape<T> tape)
    {
        if (_tape != tape)
            throw new ArgumentException(_tape is null ? "This variable is on no tape." : "The variables are on different tapes.");
        if (_generation != tape.Generation)
            throw new InvalidOperationException("The tape has been reset since this variable was put on it.");
        return _index;
    }
}
