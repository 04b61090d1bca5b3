using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Experiments;

/// <summary>
/// s_k = x_k w_x + s_(k-1) w_rec from s_0 = 0, whose last state is to be the sum of the inputs: loss and gradients worked out by hand, and
/// the same network as the library has it.
/// </summary>
/// <param name="Wx">The input weight.</param>
/// <param name="Wrec">The recurrent weight.</param>
internal readonly record struct LinearNetwork(double Wx, double Wrec)
{
    /// <summary>The mean over the sequences of (s_K - t)^2.</summary>
    public double Loss()
    {
        double sum = 0;
        for (int i = 0; i < SummedSequences.Count; i++)
        {
            double residual = States(SummedSequences.Inputs[i])[^1] - SummedSequences.Targets[i];
            sum += residual * residual;
        }
        return sum / SummedSequences.Count;
    }

    /// <summary>
    /// Its derivatives: with g_K = 2 (s_K - t) and g_(k-1) = w_rec g_k, the means of sum_k g_k x_k and of sum_k g_k s_(k-1).
    /// </summary>
    public (double Wx, double Wrec) Gradient()
    {
        double wx = 0, wrec = 0;
        for (int i = 0; i < SummedSequences.Count; i++)
        {
            TimeSeries x = SummedSequences.Inputs[i];
            double[] s = States(x);
            double g = 2 * (s[^1] - SummedSequences.Targets[i]);
            for (int k = x.Length; k > 0; k--, g *= Wrec)
                (wx, wrec) = (wx + (g * x[k - 1, 0]), wrec + (g * s[k - 1]));
        }
        return (wx / SummedSequences.Count, wrec / SummedSequences.Count);
    }

    /// <summary>
    /// The derivative of the loss with respect to the states of all sequences at step k together: the mean of 2
    /// (s_K - t) w_rec^(K - k), for k = 0 .. K.
    /// </summary>
    public double[] StateGradient()
    {
        double[] gradient = new double[SummedSequences.Steps + 1];
        for (int i = 0; i < SummedSequences.Count; i++)
            gradient[^1] += 2 * (States(SummedSequences.Inputs[i])[^1] - SummedSequences.Targets[i]) / SummedSequences.Count;
        for (int k = SummedSequences.Steps; k > 0; k--)
            gradient[k - 1] = gradient[k] * Wrec;
        return gradient;
    }

    /// <summary>
    /// What the document's figure shows in its place: the sum of the residuals, given to every sequence and summed again, N^2 times the
    /// derivative.
    /// </summary>
    public double[] StateGradientAsDrawn()
        => [.. StateGradient().Select(g => g * SummedSequences.Count * SummedSequences.Count)];

    /// <summary>s_0 .. s_K.</summary>
    public double[] States(TimeSeries x)
    {
        double[] s = new double[x.Length + 1];
        for (int k = 1; k <= x.Length; k++)
            s[k] = (x[k - 1, 0] * Wx) + (s[k - 1] * Wrec);
        return s;
    }

    /// <summary>A PLRNN of one unit without its piecewise-linear part, driven by w_x x.</summary>
    public DrivenNetwork ToDriven()
    {
        DrivenNetwork network = new("plrnn", inputs: 1, outputs: 1, units: 1);
        network.Parameters.Set("cell.A", [Wrec]);
        network.Parameters.Set("cell.W", [0]);
        network.Parameters.Set("cell.h", [0]);
        network.Parameters.Set("C", [Wx]);
        return network;
    }

    /// <summary>The loss and its derivatives as the tape has them.</summary>
    public (double Loss, double[] Gradient) OnTape()
    {
        DrivenNetwork network = ToDriven();
        (double loss, double[] gradient) = DrivenTraining.LossAndGradient(network, SummedSequences.Inputs, Answers);
        return (loss, [gradient[Offset(network, "C")], gradient[Offset(network, "cell.A")]]);
    }

    /// <summary><see cref="StateGradient"/> as the tape has it.</summary>
    public double[] StateGradientOnTape()
    {
        IReadOnlyList<TimeSeries> gradients = DrivenTraining.StateGradients(ToDriven(), SummedSequences.Inputs, Answers);
        return [.. Enumerable.Range(0, SummedSequences.Steps + 1).Select(k => gradients.Average(g => g[k, 0]))];
    }

    /// <summary>What is to be answered, as the trainer takes it.</summary>
    public static IReadOnlyList<double[]> Answers { get; } = [.. SummedSequences.Targets.Select(t => new[] { t })];

    /// <summary>Where a weight is among the parameters.</summary>
    public static int Offset(DrivenNetwork network, string tensor) => network.Parameters.Tensors.Single(t => t.Name == tensor).Offset;
}
