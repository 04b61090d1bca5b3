using Attractor.Data;

namespace Attractor.Models;

/// <summary>
/// A function of vectors as a list of elementary operations: what a model is written out in for programs that do not have this library.
/// </summary>
/// <remarks>Not thread-safe while it is built.</remarks>
public sealed class VectorProgram
{
    private readonly List<VectorOperation> _operations = [];
    private readonly List<(string Name, VectorValue Value)> _outputs = [];

    /// <summary>An empty program.</summary>
    /// <param name="name">What it does, in snake_case: <c>step</c>.</param>
    /// <param name="purpose">The same in a sentence.</param>
    public VectorProgram(string name, string purpose) => (Name, Purpose) = (name, purpose);

    /// <summary>What it does, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Purpose { get; }

    /// <summary>What it is given, in order.</summary>
    public IEnumerable<(string Name, VectorValue Value)> Inputs
        => _operations.Index().Where(pair => pair.Item is InputOperation)
            .Select(pair => (((InputOperation)pair.Item).Name, new VectorValue(pair.Index, pair.Item.Length)));

    /// <summary>What it gives, in order.</summary>
    public IReadOnlyList<(string Name, VectorValue Value)> Outputs => _outputs;

    internal IReadOnlyList<VectorOperation> Operations => _operations;

    /// <summary>Which operations the outputs depend on, and all inputs.</summary>
    internal bool[] Needed()
    {
        bool[] needed = new bool[_operations.Count];
        foreach ((_, VectorValue value) in _outputs)
            needed[value.Index] = true;
        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (needed[i])
                foreach (VectorValue value in _operations[i].Arguments)
                    needed[value.Index] = true;
            needed[i] |= _operations[i] is InputOperation;
        }
        return needed;
    }

    /// <summary>A vector that the program is given.</summary>
    public VectorValue Input(string name, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return Append(new InputOperation(name, length));
    }

    /// <summary>Numbers that never change.</summary>
    public VectorValue Constant(ReadOnlySpan<double> values) => Append(new ConstantOperation(Finite(values)));

    /// <summary>W x + b.</summary>
    /// <param name="weights">W, row-major, as many columns as x has values.</param>
    /// <param name="offset">b, or none.</param>
    /// <param name="x">x.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a number is not finite.</exception>
    public VectorValue Affine(ReadOnlySpan<double> weights, ReadOnlySpan<double> offset, VectorValue x)
    {
        Require(x);
        int rows = weights.Length / x.Length;
        return rows > 0 && rows * x.Length == weights.Length && (offset.IsEmpty || offset.Length == rows)
            ? Append(new AffineOperation(Finite(weights), Finite(offset), x, rows))
            : throw new ArgumentException($"{weights.Length} weights and {offset.Length} offsets do not fit {x.Length} values.");
    }

    /// <summary>left + right, element by element.</summary>
    public VectorValue Add(VectorValue left, VectorValue right) => Elementwise('+', left, right);

    /// <summary>left - right, element by element.</summary>
    public VectorValue Subtract(VectorValue left, VectorValue right) => Elementwise('-', left, right);

    /// <summary>left times right, element by element.</summary>
    public VectorValue Multiply(VectorValue left, VectorValue right) => Elementwise('*', left, right);

    /// <summary>x times a number.</summary>
    public VectorValue Scale(double factor, VectorValue x) => Multiply(Constant([.. Enumerable.Repeat(factor, x.Length)]), x);

    /// <summary>A function of every element.</summary>
    public VectorValue Apply(VectorFunction function, VectorValue x)
    {
        Require(x);
        return Append(new FunctionOperation(function, x));
    }

    /// <summary>Some values that lie one after the other.</summary>
    public VectorValue Slice(VectorValue x, int start, int length) => Gather(x, [.. Enumerable.Range(start, length)]);

    /// <summary>Some values, in the order of their indices.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public VectorValue Gather(VectorValue x, ReadOnlySpan<int> indices)
    {
        Require(x);
        ArgumentOutOfRangeException.ThrowIfZero(indices.Length, nameof(indices));
        foreach (int index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, x.Length, nameof(indices));
        }
        return Append(new GatherOperation(indices.ToArray(), x));
    }

    /// <summary>One vector after the other.</summary>
    public VectorValue Concatenate(params ReadOnlySpan<VectorValue> parts)
    {
        foreach (VectorValue part in parts)
            Require(part);
        return Append(new ConcatenateOperation(parts.ToArray()));
    }

    /// <summary>(x - mean) / scale.</summary>
    public VectorValue Standardize(VectorValue x, Standardization units)
    {
        ArgumentNullException.ThrowIfNull(units);
        return Multiply(Subtract(x, Constant([.. units.Mean])), Constant([.. units.Scale.Select(s => 1 / s)]));
    }

    /// <summary>The way back from standardised variables.</summary>
    public VectorValue Restore(VectorValue x, Standardization units)
    {
        ArgumentNullException.ThrowIfNull(units);
        return Add(Multiply(x, Constant([.. units.Scale])), Constant([.. units.Mean]));
    }

    /// <summary>What the program gives.</summary>
    public void Output(string name, VectorValue value)
    {
        Require(value);
        _outputs.Add((name, value));
    }

    /// <summary>Runs it as it stands, in float64: what exports are compared with.</summary>
    /// <param name="inputs">A vector for each of <see cref="Inputs"/>.</param>
    /// <returns>A vector for each of <see cref="Outputs"/>.</returns>
    /// <exception cref="ArgumentException">A vector is missing, or has another length.</exception>
    public double[][] Run(params ReadOnlySpan<double[]> inputs)
    {
        double[][] values = new double[_operations.Count][];
        int given = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _operations[i] is InputOperation input
                ? given < inputs.Length && inputs[given].Length == input.Length
                    ? inputs[given++]
                    : throw new ArgumentException($"Expected {input.Length} values of '{input.Name}'.", nameof(inputs))
                : Result(_operations[i], values);
        }
        return [.. _outputs.Select(output => values[output.Value.Index])];
    }

    private static double[] Result(VectorOperation operation, double[][] values) => operation switch
    {
        ConstantOperation constant => constant.Values,
        AffineOperation affine => [.. Enumerable.Range(0, affine.Length).Select(row =>
        {
            double sum = affine.Offset.Length > 0 ? affine.Offset[row] : 0;
            for (int column = 0; column < affine.X.Length; column++)
                sum += affine.Weights[(row * affine.X.Length) + column] * values[affine.X.Index][column];
            return sum;
        })],
        ElementwiseOperation { Sign: '+' } sum => [.. values[sum.Left.Index].Zip(values[sum.Right.Index], (a, b) => a + b)],
        ElementwiseOperation { Sign: '-' } difference
            => [.. values[difference.Left.Index].Zip(values[difference.Right.Index], (a, b) => a - b)],
        ElementwiseOperation product => [.. values[product.Left.Index].Zip(values[product.Right.Index], (a, b) => a * b)],
        FunctionOperation function => [.. values[function.X.Index].Select(x => ValueOf(function.Function, x))],
        GatherOperation gather => [.. gather.Indices.Select(index => values[gather.X.Index][index])],
        ConcatenateOperation whole => [.. whole.Parts.SelectMany(part => values[part.Index])],
        _ => throw new NotSupportedException($"There is no such operation: {operation}."),
    };

    private static double ValueOf(VectorFunction function, double x) => function switch
    {
        VectorFunction.Rectify => Math.Max(0, x),
        VectorFunction.Tanh => Math.Tanh(x),
        VectorFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        VectorFunction.Softplus => Math.Max(0, x) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        VectorFunction.Exp => Math.Exp(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function."),
    };

    private VectorValue Elementwise(char sign, VectorValue left, VectorValue right)
    {
        Require(left);
        Require(right);
        return left.Length == right.Length
            ? Append(new ElementwiseOperation(sign, left, right))
            : throw new ArgumentException($"{left.Length} values have no counterpart in {right.Length}.");
    }

    private VectorValue Append(VectorOperation operation)
    {
        _operations.Add(operation);
        return new(_operations.Count - 1, operation.Length);
    }

    private void Require(VectorValue value)
    {
        if (value.Index < 0 || value.Index >= _operations.Count || _operations[value.Index].Length != value.Length)
            throw new ArgumentException("The vector is one of another program.");
    }

    private static double[] Finite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!double.IsFinite(value))
                throw new ArgumentException($"A parameter of the model is {value}: it is broken, and is not exported.");
        return values.ToArray();
    }
}
