using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>
/// Records operations on matrices as they are carried out, and runs back over them for gradients: reverse-mode automatic differentiation.
/// </summary>
/// <remarks>
/// Put values on the tape (<see cref="Variable(Shape, ReadOnlySpan{T})"/> for what wants a gradient,
/// <see cref="Constant(Shape, ReadOnlySpan{T})"/> for the rest), compute with them, call <see cref="Backward(Variable{T})"/>, read
/// <see cref="Variable{T}.Gradient"/>, and <see cref="Reset"/> for the next round: memory is kept, so that a loop that does the same work
/// again allocates nothing. Variables of before a reset refuse to be used. A tape belongs to one thread at a time; large matrix products
/// use more (<see cref="Threads"/>), with the same bits for any number of them. For the method see Griewank and Walther, "Evaluating
/// Derivatives" (2nd ed., SIAM 2008).
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe partial class Tape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Arena<T> _values = new(), _gradients = new(), _tangents = new();
    private readonly Arena<int> _indices = new();
    private Node<T>[] _nodes = new Node<T>[64];
    private int[] _inputs = new int[128];
    private int _count, _inputCount;
    private bool _disposed;

    /// <summary>An empty tape.</summary>
    /// <param name="threads">Threads of large matrix products; null for all processors.</param>
    public Tape(int? threads = null)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"A tape holds float or double, not {typeof(T).Name}.");
        if (threads is { } count)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(threads));
        Threads = threads;
    }

    /// <summary>Threads of large matrix products; null for all processors.</summary>
    public int? Threads { get; }

    /// <summary>Number of values on the tape: what was put there and what was computed.</summary>
    public int Count => _count;

    /// <summary>Counts the resets, to recognise variables of before.</summary>
    internal int Generation { get; private set; }

    /// <summary>A matrix that wants a gradient.</summary>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="values">Row by row; copied.</param>
    /// <exception cref="ArgumentException">There are not rows x columns values.</exception>
    public Variable<T> Variable(Shape shape, ReadOnlySpan<T> values) => Put(shape, values, needsGradient: true);

    /// <summary>A matrix of data, through which no gradient flows.</summary>
    /// <inheritdoc cref="Variable(Shape, ReadOnlySpan{T})"/>
    public Variable<T> Constant(Shape shape, ReadOnlySpan<T> values) => Put(shape, values, needsGradient: false);

    /// <summary>A number (1 x 1), through which no gradient flows.</summary>
    public Variable<T> Constant(T value) => Put(new(1, 1), new(in value), needsGradient: false);

    /// <summary>
    /// A matrix that lies in memory outside of the tape and stays there: nothing is copied. It must
    /// not move or change while it is on the tape.
    /// </summary>
    /// <param name="shape">Rows and columns.</param>
    /// <param name="values">Row by row.</param>
    /// <param name="gradient">As many values, to which every backward pass adds; null where no gradient is wanted.</param>
    /// <param name="replace">Every backward pass replaces the gradient instead: it need not be cleared,
    /// and products write it in one go.</param>
    /// <param name="deferral">1 + the number under which affine operations leave its gradient in <see cref="Deferred"/>; they must be the
    /// only ones to use it. 0 for a gradient here.</param>
    internal Variable<T> Parameter(Shape shape, T* values, T* gradient, bool replace = false, int deferral = 0)
    {
        int index = Add(shape);
        ref Node<T> node = ref _nodes[index];
        node.Value = values;
        node.Gradient = gradient;
        node.NeedsGradient = node.GradientIsOutside = gradient is not null;
        node.GradientIsReplaced = replace && gradient is not null && deferral == 0;
        node.Deferral = deferral;
        return new(this, index);
    }

    /// <summary>Carries out an operation and records it.</summary>
    /// <param name="operation">One of your own.</param>
    /// <param name="output">The shape of its result.</param>
    /// <param name="inputs">What it reads, all on this tape.</param>
    public Variable<T> Apply(Operation<T> operation, Shape output, params ReadOnlySpan<Variable<T>> inputs)
        => Apply(operation, output, 0, inputs);

    /// <summary>Carries out an operation that keeps values for its backward pass, and records it.</summary>
    /// <param name="operation">One of your own.</param>
    /// <param name="output">The shape of its result.</param>
    /// <param name="saved">How many values it keeps in <see cref="OperationContext{T}.Saved"/>.</param>
    /// <param name="inputs">What it reads, all on this tape.</param>
    public Variable<T> Apply(Operation<T> operation, Shape output, int saved, params ReadOnlySpan<Variable<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentOutOfRangeException.ThrowIfNegative(saved);
        return Record(operation, output, 0, saved, [], inputs);
    }

    /// <summary>Takes everything off the tape and keeps the memory.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Generation++;
        Array.Clear(_nodes, 0, _count);
        _count = _inputCount = 0;
        _values.Reset();
        _gradients.Reset();
        _tangents.Reset();
        _indices.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Generation++;
        _count = 0;
        _values.Dispose();
        _gradients.Dispose();
        _tangents.Dispose();
        _indices.Dispose();
    }

    /// <summary>What the last backward pass left to be formed; valid until the next.</summary>
    internal List<DeferredProduct<T>> Deferred { get; } = [];

    internal ref Node<T> NodeAt(int index) => ref _nodes[index];

    internal int InputOf(int node, int i) => _inputs[_nodes[node].FirstInput + i];

    internal Variable<T> Record(
        Operation<T> operation,
        Shape output,
        double argument,
        int saved,
        ReadOnlySpan<int> indices,
        params ReadOnlySpan<Variable<T>> inputs)
    {
        int first = AddInputs(inputs, out bool needsGradient), index = Add(output);
        ref Node<T> node = ref _nodes[index];
        node.Operation = operation;
        (node.FirstInput, node.InputCount) = (first, inputs.Length);
        (node.Argument, node.NeedsGradient) = (argument, needsGradient);
        node.Value = _values.Take(output.Count);
        node.SavedCount = saved;
        if (saved > 0)
            node.Saved = _values.Take(saved);
        if (indices.Length > 0)
        {
            node.Indices = _indices.Take(indices.Length);
            node.IndexCount = indices.Length;
            indices.CopyTo(new Span<int>(node.Indices, indices.Length));
        }
        operation.Forward(new(this, index));
        return new(this, index);
    }

    /// <summary>The same values as a constant.</summary>
    internal Variable<T> Stopped(int source)
    {
        int index = Add(_nodes[source].Shape);
        _nodes[index].Value = _nodes[source].Value;
        return new(this, index);
    }

    private Variable<T> Put(Shape shape, ReadOnlySpan<T> values, bool needsGradient)
    {
        if (values.Length != (long)shape.Rows * shape.Columns)
            throw new ArgumentException(
                $"A matrix of {shape} has {(long)shape.Rows * shape.Columns} values, found {values.Length}.", nameof(values));
        int index = Add(shape);
        ref Node<T> node = ref _nodes[index];
        node.Value = _values.Take(values.Length);
        node.NeedsGradient = needsGradient;
        values.CopyTo(new Span<T>(node.Value, values.Length));
        return new(this, index);
    }

    private int Add(Shape shape)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (shape.Rows < 0 || shape.Columns < 0 || (long)shape.Rows * shape.Columns > Array.MaxLength)
            throw new ArgumentException($"There is no matrix of {shape}.", nameof(shape));
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, 2 * _count);
        _nodes[_count] = new() { Shape = shape };
        return _count++;
    }

    private int AddInputs(ReadOnlySpan<Variable<T>> inputs, out bool needsGradient)
    {
        int first = _inputCount;
        if (first + inputs.Length > _inputs.Length)
            Array.Resize(ref _inputs, Math.Max(2 * _inputs.Length, first + inputs.Length));
        needsGradient = false;
        foreach (Variable<T> input in inputs)
        {
            int index = input.IndexOn(this);
            _inputs[_inputCount++] = index;
            needsGradient |= _nodes[index].NeedsGradient;
        }
        return first;
    }
}
