#!/usr/bin/env dotnet
#:property AssemblyName=custom-operation
#:project ../src/Attractor

// An operation of one's own on the tape: forward and backward side by side, checked against central differences, then used like any other.
// usage: dotnet run examples/custom_operation.cs

using Attractor.Differentiation;
using Attractor.Learning;

Huber huber = new(1.5);
double[] residuals = [-4, -1, -0.2, 0.3, 2, 5];

GradientCheck check = Gradient.Check((_, x) => huber.Of(x).Sum(), new(1, residuals.Length), residuals);
Console.WriteLine($"gradient against central differences: relative error {check.RelativeError:0e0}");

// A line through points of which one is far off: least squares follows it, the Huber loss does not.
double[] x = [0, 1, 2, 3, 4, 5, 6, 7], y = [1.1, 2.9, 5.2, 7.0, 8.9, 11.1, 40, 15.0];
Console.WriteLine($"least squares: {Line((_, r) => r.Square())}");
Console.WriteLine($"Huber loss:    {Line((_, r) => huber.Of(r))}     (made with 1 + 2 x)");

string Line(Func<Tape<double>, Variable<double>, Variable<double>> loss)
{
    using Tape<double> tape = new();
    using OptimizerState<double> line = new(Optimizer.Adam(), 0, 0);
    for (int step = 0; step < 5000; step++)
    {
        tape.Reset();
        Variable<double> parameters = tape.Variable(new(1, 2), line.Parameters);
        Variable<double> residual =
            tape.Constant(new(8, 1), y) - parameters.SliceColumns(0, 1) - (parameters.SliceColumns(1, 1) * tape.Constant(new(8, 1), x));
        tape.Backward(loss(tape, residual).Mean());
        parameters.Gradient.CopyTo(line.Gradient);
        line.Step(0.02);
    }
    return $"{line.Parameters[0]:F2} + {line.Parameters[1]:F2} x";
}

/// <summary>r^2 / 2 within the width, width (|r| - width / 2) beyond (Huber, 1964).</summary>
internal sealed class Huber(double width) : Operation<double>
{
    public Variable<double> Of(Variable<double> residual) => residual.Tape.Apply(this, residual.Shape, residual);

    public override void Forward(OperationContext<double> context)
    {
        Span<double> r = context.Input(0).Values, loss = context.Output.Values;
        for (int i = 0; i < r.Length; i++)
            loss[i] = Math.Abs(r[i]) <= width ? r[i] * r[i] / 2 : width * (Math.Abs(r[i]) - (width / 2));
    }

    public override void Backward(OperationContext<double> context)
    {
        Span<double> r = context.Input(0).Values, lossGradient = context.OutputGradient.Values, gradient = context.InputGradient(0).Values;
        for (int i = 0; i < r.Length; i++)
            gradient[i] += Math.Clamp(r[i], -width, width) * lossGradient[i];
    }
}
