using Attractor.Differentiation;

namespace Attractor.Probability;

/// <summary>
/// x_k = r_k s(z_k - log(K - k)) for k = 1 .. K - 1, where s is the logistic function and
/// r_k = 1 - x_1 - ... - x_{k-1} what is left of the stick; x_K = r_K.
/// </summary>
/// <remarks>
/// log |det| = sum_k log r_k + log s + log(1 - s). Everything in logarithms, so that a short rest of the stick loses nothing.
/// </remarks>
internal sealed class StickBreaking : Transform
{
    public override string Description => "positive numbers that sum to 1";

    public override int SmallestSize => 2;

    public override int UnconstrainedSize(int size) => size - 1;

    public override (Variable<double> Value, Variable<double> LogDeterminant) Constrain(Variable<double> unconstrained)
    {
        int rows = unconstrained.Rows, breaks = unconstrained.Columns;
        Tape<double> tape = unconstrained.Tape;
        Variable<double> logRest = tape.Constant(new(rows, 1), new double[rows]), logDeterminant = logRest;
        Variable<double>[] logs = new Variable<double>[breaks + 1];
        for (int k = 0; k < breaks; k++)
        {
            Variable<double> z = unconstrained.SliceColumns(k, 1) - Math.Log(breaks - k);
            Variable<double> logTaken = z.LogSigmoid(), logLeft = (-z).LogSigmoid();
            logs[k] = logRest + logTaken;
            logDeterminant += logs[k] + logLeft;
            logRest += logLeft;
        }
        logs[breaks] = logRest;
        return (Variable<double>.ConcatenateColumns(logs).Exp(), logDeterminant);
    }

    public override void Unconstrain(ReadOnlySpan<double> value, Span<double> unconstrained)
    {
        double sum = 0;
        foreach (double x in value)
        {
            if (!(x > 0))
                Refuse(x);
            sum += x;
        }
        if (Math.Abs(sum - 1) > 1e-9)
            throw new ArgumentException($"Expected {Description}, found ones that sum to {sum}.", nameof(value));
        // The rest from the end, where subtraction would cancel.
        double rest = value[^1];
        for (int k = value.Length - 2; k >= 0; k--)
        {
            unconstrained[k] = Math.Log(value[k] / rest) + Math.Log(value.Length - 1 - k);
            rest += value[k];
        }
    }
}
