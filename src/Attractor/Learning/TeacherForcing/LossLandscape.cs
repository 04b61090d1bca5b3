using Attractor.Data;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The loss of forced predictions over a plane through a model's parameters.</summary>
public sealed class LossLandscape
{
    private LossLandscape(ParameterDirection first, ParameterDirection second, double[] coordinates, double[] losses)
        => (First, Second, Coordinates, Losses) = (first, second, coordinates, losses);

    /// <summary>The direction of the columns.</summary>
    public ParameterDirection First { get; }

    /// <summary>The direction of the rows.</summary>
    public ParameterDirection Second { get; }

    /// <summary>P coordinates, the same along both directions; the model is at 0.</summary>
    public IReadOnlyList<double> Coordinates { get; }

    /// <summary>P x P losses, row by row; not finite where the network diverges.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>Evaluates the loss at the parameters plus a u + b v for each a and b of a grid.</summary>
    /// <param name="model">The model, whose parameters stay as they are.</param>
    /// <param name="windows">Windows of T + 1 rows each, T at least 1.</param>
    /// <param name="forcing">How the data guides the states; <c>TeacherForcing.Generalized(0)</c> for none.</param>
    /// <param name="first">u.</param>
    /// <param name="second">v.</param>
    /// <param name="extent">The grid goes from minus this to this.</param>
    /// <param name="points">P, odd, so that the model itself is on the grid.</param>
    /// <param name="cancellationToken">Stops between points.</param>
    /// <exception cref="ArgumentException">The windows or the directions do not fit the model, or the grid is none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static unsafe LossLandscape Of(
        RecurrentModel model,
        IReadOnlyList<TimeSeries> windows,
        TeacherForcing forcing,
        ParameterDirection first,
        ParameterDirection second,
        double extent = 1,
        int points = 41,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(forcing);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Values.Count != model.ParameterCount || second.Values.Count != model.ParameterCount)
            throw new ArgumentException(
                $"The model has {model.ParameterCount} parameters, the directions {first.Values.Count} and {second.Values.Count}.",
                nameof(first));
        if (points < 3 || points % 2 == 0)
            throw new ArgumentOutOfRangeException(
                nameof(points), points, "A grid has an odd number of points along each direction, 3 or more.");
        if (!(extent > 0) || !double.IsFinite(extent))
            throw new ArgumentOutOfRangeException(nameof(extent), extent, "The extent must be above 0.");
        int steps = StateGradients.Check(model, windows, 0), half = points / 2;
        double[] coordinates = [.. Enumerable.Range(-half, points).Select(i => extent * i / half)], losses = new double[points * points];
        using BackpropagationThroughTime<double> bptt = BackpropagationThroughTime<double>.Create(model, new(forcing, steps, 0));
        using WindowBatch<double> batch = new(
            windows, windows.Count, steps, bptt.Lanes, noisyInputs: false, external: ExternalInputs.Of(model, windows));
        batch.Fill([.. Enumerable.Range(0, windows.Count).Select(i => new WindowStart(i, 0))]);
        double[] centre = model.Parameters.Values.ToArray(), parameters = new double[centre.Length], gradient = new double[centre.Length];
        fixed (double* p = parameters, g = gradient)
        {
            for (int i = 0; i < losses.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (double a, double b) = (coordinates[i % points], coordinates[i / points]);
                for (int j = 0; j < parameters.Length; j++)
                    parameters[j] = centre[j] + (a * first.Values[j]) + (b * second.Values[j]);
                losses[i] = bptt.LossAndGradient(p, batch, g);
            }
        }
        return new(first, second, coordinates, losses);
    }
}
