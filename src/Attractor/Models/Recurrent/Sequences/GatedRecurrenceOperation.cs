using System.Numerics;
using System.Runtime.CompilerServices;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A gated recurrent unit over packed sequences. Inputs: u (rows x 3H), W (3H x H), b (1 x 3H), the
/// initial state (1 x H); output h (rows x H).
/// </summary>
/// <remarks>
/// Kept for the adjoint: p (rows x H), the gates (rows x 4H), and W' (H x 3H), which the product of few rows reads where it lies. The
/// gradients of W and b are formed once, over all rows.
/// </remarks>
internal sealed unsafe class GatedRecurrenceOperation<S, T>(SequenceLayout layout, TimeDirection direction, int units) : Operation<T>
    where S : unmanaged, ILanes<S, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly nint _units = units;
    private readonly PackedSteps _sequences = new(layout, direction, 0, layout.Sequences);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(OperationContext<T> context)
    {
        T* u = context.InputPointer(0), bias = context.InputPointer(2), initial = context.InputPointer(3), h = context.OutputPointer;
        T* p = context.SavedPointer, gates = p + (layout.Rows * _units), transposed = gates + (4 * layout.Rows * _units);
        Transpose(context.InputPointer(1), transposed);
        for (int step = 0; step < _sequences.Steps; step++)
        {
            int active = _sequences.Active(step);
            nint first = _sequences.Row(step);
            GatherPrevious(h, initial, step, p + (first * _units));
            MatrixProduct.Multiply(
                active, 3 * units, units, p + (first * _units), units, false, transposed, 3 * units, false, gates + (4 * first * _units),
                4 * units, false, bias, context.Threads);
            for (nint row = first; row < first + active; row++)
                GatedCell<S, T>.Forward(u + (3 * row * _units), p + (row * _units), gates + (4 * row * _units), h + (row * _units), _units);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(OperationContext<T> context)
    {
        T* p = context.SavedPointer, gates = p + (layout.Rows * _units), weights = context.InputPointer(1);
        int values = checked(layout.Rows * units);
        T* g = context.Scratch(values), d = context.Scratch(3 * values),
            candidates = context.Scratch(values), previous = context.Scratch(layout.Sequences * units);
        new Span<T>(context.OutputGradientPointer, values).CopyTo(new(g, values));
        T* initial = context.NeedsGradient(3) ? context.InputGradientPointer(3) : null;
        for (int step = _sequences.Steps - 1; step >= 0; step--)
        {
            int active = _sequences.Active(step);
            nint first = _sequences.Row(step);
            for (nint i = 0; i < active; i++)
            {
                nint row = first + i;
                GatedCell<S, T>.Backward(
                    g + (row * _units),
                    p + (row * _units),
                    gates + (4 * row * _units),
                    d + (3 * row * _units),
                    candidates + (row * _units),
                    previous + (i * _units),
                    _units);
            }
            MatrixProduct.Multiply(
                active, units, 3 * units, d + (3 * first * _units), 3 * units, false, weights, units, false, previous, units, true, null,
                context.Threads);
            ScatterPrevious(previous, step, g, initial);
        }
        AddWeightGradients(context, d, p);
        if (context.NeedsGradient(0))
            AddInputGradient(d, candidates, context.InputGradientPointer(0));
    }

    private void GatherPrevious(T* h, T* initial, int step, T* p)
    {
        int active = _sequences.Active(step), continuing = _sequences.Continuing(step), row = units;
        if (continuing > 0)
            new Span<T>(h + (_sequences.Row(step - 1) * _units), continuing * row).CopyTo(new(p, continuing * row));
        for (int i = continuing; i < active; i++)
            new Span<T>(initial, row).CopyTo(new(p + (i * _units), row));
    }

    private void ScatterPrevious(T* gradient, int step, T* g, T* initial)
    {
        int active = _sequences.Active(step), continuing = _sequences.Continuing(step);
        if (continuing > 0)
            PartialLanes<S, T>.Add(gradient, g + (_sequences.Row(step - 1) * _units), continuing * _units);
        if (initial is not null)
            PartialLanes<S, T>.AddRows(gradient + (continuing * _units), active - continuing, _units, initial);
    }

    private void AddWeightGradients(OperationContext<T> context, T* d, T* p)
    {
        if (context.NeedsGradient(1))
            MatrixProduct.Multiply(
                3 * units, units, layout.Rows, d, 3 * units, true, p, units, false, context.InputGradientPointer(1), units, true, null,
                context.Threads);
        if (context.NeedsGradient(2))
            PartialLanes<S, T>.AddRows(d, layout.Rows, 3 * _units, context.InputGradientPointer(2));
    }

    // That of u is that of W p + b, but for the last part, where r does not come in.
    private void AddInputGradient(T* d, T* candidates, T* target)
    {
        for (nint row = 0; row < layout.Rows; row++)
        {
            PartialLanes<S, T>.Add(d + (3 * row * _units), target + (3 * row * _units), 2 * _units);
            PartialLanes<S, T>.Add(candidates + (row * _units), target + (((3 * row) + 2) * _units), _units);
        }
    }

    private void Transpose(T* weights, T* transposed)
    {
        for (nint i = 0; i < 3 * _units; i++)
            for (nint j = 0; j < _units; j++)
                transposed[(j * 3 * _units) + i] = weights[(i * _units) + j];
    }
}
