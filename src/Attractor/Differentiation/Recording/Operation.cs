using System.Numerics;

namespace Attractor.Differentiation;

/// <summary>
/// An operation on matrices as a tape records it: forward and backward side by side. Derive from it to add one of your own.
/// </summary>
/// <remarks>
/// An operation object may be recorded any number of times: it holds settings, never values. Apply it with
/// <see cref="Tape{T}.Apply(Operation{T}, Shape, ReadOnlySpan{Variable{T}})"/>, from a method that checks the shapes.
/// </remarks>
public abstract class Operation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes every value of the output. Called once, when the operation is recorded.</summary>
    public abstract void Forward(OperationContext<T> context);

    /// <summary>
    /// Adds J'g to the gradient of each input that needs one, where g is the gradient with respect to the output and J the Jacobian of
    /// the output with respect to that input.
    /// </summary>
    public abstract void Backward(OperationContext<T> context);

    /// <summary>
    /// Writes sum_i J_i t_i to the tangent of the output, t_i being the tangents of the inputs. Unless overridden, by central differences
    /// of <see cref="Forward"/> along the tangents, which is right to about ten digits in float64.
    /// </summary>
    public virtual void Tangent(OperationContext<T> context) => context.DifferencesOfForward(this);
}
