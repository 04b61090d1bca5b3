namespace Attractor.Differentiation;

public sealed unsafe partial class Tape<T>
{
    /// <summary>The gradient of a number on the tape with respect to everything that it was computed from.</summary>
    /// <param name="output">1 x 1.</param>
    /// <exception cref="ArgumentException">The output is not a single number.</exception>
    public void Backward(Variable<T> output)
    {
        if (output.Shape.Count != 1)
            throw new ArgumentException(
                $"A gradient is that of a number; the output is {output.Shape}. Sum it, or say what to multiply its Jacobian with.",
                nameof(output));
        T one = T.One;
        Backward(output, new(in one));
    }

    /// <summary>
    /// u'J for the Jacobian J of the output with respect to everything that it was computed from, left in
    /// <see cref="Variable{T}.Gradient"/>. The gradients of an earlier pass are forgotten.
    /// </summary>
    /// <param name="output">A matrix on this tape.</param>
    /// <param name="cotangent">u, as many values as the output has.</param>
    /// <exception cref="ArgumentException">The cotangent has another number of values.</exception>
    public void Backward(Variable<T> output, ReadOnlySpan<T> cotangent)
    {
        int last = output.IndexOn(this);
        CheckLength(output, cotangent, nameof(cotangent));
        ForgetGradients();
        if (!_nodes[last].NeedsGradient)
        {
            ClearStaleGradients();
            return;
        }
        GradientCopy<T>.Add(cotangent, new(GradientOf(last), cotangent.Length));
        for (int i = last; i >= 0; i--)
        {
            ref Node<T> node = ref _nodes[i];
            if (node.Operation is not null && node.NeedsGradient && node.Gradient is not null)
                node.Operation.Backward(new(this, i));
        }
        ClearStaleGradients();
    }

    /// <summary>Jv for the Jacobian J of the output with respect to the input: how the output moves as the input moves along v.</summary>
    /// <param name="output">A matrix on this tape.</param>
    /// <param name="input">What was put on this tape as a variable.</param>
    /// <param name="vector">v, as many values as the input has.</param>
    /// <returns>As many values as the output has; valid until the next call or reset.</returns>
    /// <exception cref="ArgumentException">The vector has another number of values.</exception>
    public ReadOnlySpan<T> JacobianVectorProduct(Variable<T> output, Variable<T> input, ReadOnlySpan<T> vector)
    {
        int last = output.IndexOn(this), first = input.IndexOn(this);
        CheckLength(input, vector, nameof(vector));
        _tangents.Reset();
        for (int i = 0; i < _count; i++)
            _nodes[i].Tangent = null;
        _nodes[first].Tangent = _tangents.Take(vector.Length);
        vector.CopyTo(new Span<T>(_nodes[first].Tangent, vector.Length));
        for (int i = first + 1; i <= last; i++)
        {
            if (_nodes[i].Operation is not { } operation || !Moves(i))
                continue;
            _nodes[i].Tangent = _tangents.TakeCleared(_nodes[i].Shape.Count);
            operation.Tangent(new(this, i));
        }
        if (_nodes[last].Tangent is null)
            _nodes[last].Tangent = _tangents.TakeCleared(output.Shape.Count);
        return new(_nodes[last].Tangent, output.Shape.Count);
    }

    /// <summary>u'J for the Jacobian J of the output with respect to the input.</summary>
    /// <param name="output">A matrix on this tape.</param>
    /// <param name="input">A variable on this tape.</param>
    /// <param name="cotangent">u, as many values as the output has.</param>
    /// <returns>As many values as the input has; valid until the next backward pass or reset.</returns>
    /// <exception cref="ArgumentException">The cotangent has another number of values.</exception>
    public ReadOnlySpan<T> VectorJacobianProduct(Variable<T> output, Variable<T> input, ReadOnlySpan<T> cotangent)
    {
        Backward(output, cotangent);
        return input.Gradient;
    }

    /// <summary>The gradient of a value, made of zeros if nothing has flowed into it.</summary>
    internal T* GradientOf(int index)
    {
        ref Node<T> node = ref _nodes[index];
        RequireOwnGradient(node);
        if (node.Gradient is null)
            node.Gradient = _gradients.TakeCleared(node.Shape.Count);
        else if (node.GradientIsStale)
            new Span<T>(node.Gradient, node.Shape.Count).Clear();
        node.GradientIsStale = false;
        return node.Gradient;
    }

    /// <summary>The gradient of a value for one that can write it as well as add to it.</summary>
    /// <param name="index">The value.</param>
    /// <param name="add">Whether something has flowed into it, to which is to be added; else what is there means nothing.</param>
    internal T* GradientOf(int index, out bool add)
    {
        ref Node<T> node = ref _nodes[index];
        RequireOwnGradient(node);
        add = node.Gradient is not null && !node.GradientIsStale;
        if (node.Gradient is null)
            node.Gradient = _gradients.Take(node.Shape.Count);
        node.GradientIsStale = false;
        return node.Gradient;
    }

    private static void RequireOwnGradient(in Node<T> node)
    {
        if (node.Deferral != 0)
            throw new InvalidOperationException("The gradient of these weights is formed elsewhere: only affine operations can use them.");
    }

    internal T* Scratch(int count) => _gradients.Take(count);

    internal void DifferencesOfForward(Operation<T> operation, int index)
    {
        int count = _nodes[index].Shape.Count, inputs = _nodes[index].InputCount;
        // The cube root of the unit roundoff balances truncation against rounding.
        double step = typeof(T) == typeof(float) ? 5e-3 : 6e-6, size = 0, direction = 0;
        for (int i = 0; i < inputs; i++)
        {
            ref Node<T> input = ref _nodes[InputOf(index, i)];
            for (int j = 0; j < input.Shape.Count; j++)
            {
                size = Math.Max(size, Math.Abs(double.CreateTruncating(input.Value[j])));
                if (input.Tangent is not null)
                    direction = Math.Max(direction, Math.Abs(double.CreateTruncating(input.Tangent[j])));
            }
        }
        if (direction == 0)
            return;
        T h = T.CreateTruncating(step * Math.Max(1, size) / direction);
        T* high = _tangents.Take(count), tangent = _nodes[index].Tangent;
        ForwardAt(operation, index, h);
        Copy(_nodes[index].Value, high, count);
        ForwardAt(operation, index, -h);
        for (int i = 0; i < count; i++)
            tangent[i] = (high[i] - _nodes[index].Value[i]) / (h + h);
        operation.Forward(new(this, index));
    }

    // The forward pass with the inputs moved by h along their tangents, and put back.
    private void ForwardAt(Operation<T> operation, int index, T h)
    {
        int inputs = _nodes[index].InputCount;
        T** kept = stackalloc T*[inputs];
        for (int i = 0; i < inputs; i++)
        {
            kept[i] = null;
            ref Node<T> input = ref _nodes[InputOf(index, i)];
            if (input.Tangent is null || IsRepeated(index, i))
                continue;
            kept[i] = _tangents.Take(input.Shape.Count);
            Copy(input.Value, kept[i], input.Shape.Count);
            for (int j = 0; j < input.Shape.Count; j++)
                input.Value[j] += h * input.Tangent[j];
        }
        operation.Forward(new(this, index));
        for (int i = 0; i < inputs; i++)
            if (kept[i] is not null)
                Copy(kept[i], _nodes[InputOf(index, i)].Value, _nodes[InputOf(index, i)].Shape.Count);
    }

    private bool IsRepeated(int index, int i)
    {
        for (int j = 0; j < i; j++)
            if (InputOf(index, j) == InputOf(index, i))
                return true;
        return false;
    }

    private bool Moves(int index)
    {
        for (int i = 0; i < _nodes[index].InputCount; i++)
            if (_nodes[InputOf(index, i)].Tangent is not null)
                return true;
        return false;
    }

    private void ClearStaleGradients()
    {
        for (int i = 0; i < _count; i++)
            if (_nodes[i].GradientIsStale)
                GradientOf(i);
    }

    private void ForgetGradients()
    {
        _gradients.Reset();
        Deferred.Clear();
        for (int i = 0; i < _count; i++)
            if (_nodes[i].GradientIsReplaced)
                _nodes[i].GradientIsStale = true;
            else if (!_nodes[i].GradientIsOutside)
                _nodes[i].Gradient = null;
    }

    private static void Copy(T* source, T* target, int count) => new Span<T>(source, count).CopyTo(new Span<T>(target, count));

    private static void CheckLength(Variable<T> variable, ReadOnlySpan<T> values, string name)
    {
        if (values.Length != variable.Shape.Count)
            throw new ArgumentException($"A matrix of {variable.Shape} has {variable.Shape.Count} values, found {values.Length}.", name);
    }
}
