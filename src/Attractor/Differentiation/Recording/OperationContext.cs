using System.Numerics;
using Attractor.Numerics;

namespace Attractor.Differentiation;

/// <summary>What one recorded operation reads and writes.</summary>
public readonly unsafe ref struct OperationContext<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Tape<T> _tape;
    private readonly int _index;

    internal OperationContext(Tape<T> tape, int index) => (_tape, _index) = (tape, index);

    /// <summary>Number of inputs.</summary>
    public int InputCount => Node.InputCount;

    /// <summary>An input; to be read only.</summary>
    public MatrixView<T> Input(int i) => View(InputNode(i).Shape, InputNode(i).Value);

    /// <summary>The output: <see cref="Operation{T}.Forward"/> writes it.</summary>
    public MatrixView<T> Output => View(Node.Shape, Node.Value);

    /// <summary>The gradient with respect to the output; to be read only.</summary>
    public MatrixView<T> OutputGradient => View(Node.Shape, Node.Gradient);

    /// <summary>Whether anything asks for the gradient of an input; that of the others must not be touched.</summary>
    public bool NeedsGradient(int i) => InputNode(i).NeedsGradient;

    /// <summary>The gradient of an input, to be added to.</summary>
    /// <exception cref="InvalidOperationException">The input needs none: ask <see cref="NeedsGradient"/> first.</exception>
    public MatrixView<T> InputGradient(int i) => View(InputNode(i).Shape, InputGradientPointer(i));

    /// <summary>Whether an input moves with the direction that is pushed forward; the tangent of the others is 0.</summary>
    public bool HasTangent(int i) => InputNode(i).Tangent is not null;

    /// <summary>The tangent of an input; to be read only.</summary>
    /// <exception cref="InvalidOperationException">It is 0: ask <see cref="HasTangent"/> first.</exception>
    public MatrixView<T> InputTangent(int i)
        => HasTangent(i)
            ? View(InputNode(i).Shape, InputNode(i).Tangent)
            : throw new InvalidOperationException($"Input {i} does not move.");

    /// <summary>The tangent of the output: <see cref="Operation{T}.Tangent"/> writes it.</summary>
    public MatrixView<T> OutputTangent => View(Node.Shape, Node.Tangent);

    /// <summary>Values kept from the forward pass for the others, as many as were asked for when the operation was applied.</summary>
    public Span<T> Saved => new(Node.Saved, Node.SavedCount);

    internal T* InputPointer(int i) => InputNode(i).Value;

    internal Shape InputShape(int i) => InputNode(i).Shape;

    internal T* OutputPointer => Node.Value;

    internal Shape OutputShape => Node.Shape;

    internal T* OutputGradientPointer => Node.Gradient;

    internal T* OutputTangentPointer => Node.Tangent;

    /// <summary>Null where it is 0.</summary>
    internal T* InputTangentPointer(int i) => InputNode(i).Tangent;

    internal T* SavedPointer => Node.Saved;

    internal ReadOnlySpan<int> Indices => new(Node.Indices, Node.IndexCount);

    internal double Argument => Node.Argument;

    internal int Threads => _tape.Threads ?? ThreadTeam.AllProcessors;

    private ref Node<T> Node => ref _tape.NodeAt(_index);

    internal T* InputGradientPointer(int i)
        => NeedsGradient(i)
            ? _tape.GradientOf(_tape.InputOf(_index, i))
            : throw new InvalidOperationException($"Input {i} needs no gradient.");

    /// <inheritdoc cref="Tape{T}.GradientOf(int, out bool)"/>
    internal T* InputGradientPointer(int i, out bool add)
        => NeedsGradient(i)
            ? _tape.GradientOf(_tape.InputOf(_index, i), out add)
            : throw new InvalidOperationException($"Input {i} needs no gradient.");

    /// <summary>Leaves the gradient G' X of an input to whoever forms it, if it is one for that.</summary>
    internal bool Defer(int i, T* inputs, T* gradient, int rows)
    {
        int deferral = InputNode(i).Deferral;
        if (deferral != 0)
            _tape.Deferred.Add(new(deferral - 1, inputs, gradient, rows));
        return deferral != 0;
    }

    /// <summary>Room for working memory of a backward or tangent pass.</summary>
    internal T* Scratch(int count) => _tape.Scratch(count);

    internal void DifferencesOfForward(Operation<T> operation) => _tape.DifferencesOfForward(operation, _index);

    private ref Node<T> InputNode(int i)
    {
        if ((uint)i >= (uint)Node.InputCount)
            throw new ArgumentOutOfRangeException(nameof(i), $"The operation has {Node.InputCount} inputs, not an input {i}.");
        return ref _tape.NodeAt(_tape.InputOf(_index, i));
    }

    private static MatrixView<T> View(Shape shape, T* values) => new(shape, new(values, shape.Count));
}
