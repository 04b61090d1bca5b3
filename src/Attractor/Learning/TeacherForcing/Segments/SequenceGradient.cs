using System.Globalization;
using System.Numerics;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Learning;

/// <summary>
/// The loss of teacher-forced predictions along one long sequence and its gradient, by backpropagation through all of its steps, of which
/// segments run beside each other.
/// </summary>
/// <remarks>
/// <para>
/// z~_t = (1 - s_t) z_t + s_t x_t on the N observed units, z_{t+1} = F(z~_t) for t = 0 .. T - 1, z_0 = [x_0; L x_0], and the loss is the
/// mean of (z_{t+1} - x_{t+1})^2 over all steps and variables: that of <see cref="Training.LossAndGradient"/> for a window of all rows.
/// </para>
/// <para>
/// A step needs the one before, but forcing forgets: a difference of two states B steps ago has been multiplied by the product of
/// (I - S_t) J_t since, of norm at most (1 - alpha)^B times that of the Jacobians' product under generalised forcing of all units
/// (Hess, Monfared, Brenner, Durstewitz, ICML 2023), and by 0 where forcing is full. So the sequence is cut; every segment sets out B steps
/// early from [x; L x], and the segments are the lanes of vectors, as a batch of windows is. The adjoint is multiplied by the same product
/// transposed: it sets out B steps behind the segment. What B steps leave is measured where segments meet (<see cref="SeamError"/>), since
/// one of the two has come there all the way. Cut at forced steps, sparse forcing of all units needs no B and is exact.
/// </para>
/// <para>A block of lanes takes about 64 (M + N + rows of the kernel's tape) bytes a step of a segment, and a thread has one block.</para>
/// </remarks>
public sealed class SequenceGradient
{
    // What forcing alone makes of a difference over a first burn-in: the Jacobians may stretch it a thousand times meanwhile. For units
    // which no data force the first is a guess.
    private const double Forgotten = 1e-9;
    private const int FirstGuess = 256;

    private readonly double[] _gradient;

    private SequenceGradient(double loss, double[] gradient, SegmentLayout layout, double seamError)
    {
        (Loss, _gradient, SeamError) = (loss, gradient, seamError);
        (Segments, BurnIn) = (layout.Segments, layout.Overlap);
    }

    /// <summary>The mean squared error.</summary>
    public double Loss { get; }

    /// <summary>Its gradient, in the order of <see cref="RecurrentModel.Parameters"/>.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Segments that ran beside each other; 1 if the sequence went in one piece.</summary>
    public int Segments { get; }

    /// <summary>B, the steps before and after a segment that were run for its sake.</summary>
    public int BurnIn { get; }

    /// <summary>The largest relative difference between two segments where they meet, of states or adjoints.</summary>
    public double SeamError { get; }

    /// <summary>The loss along a sequence and its gradient.</summary>
    /// <param name="model">The model, at its present parameters; its first N units are the observed variables.</param>
    /// <param name="sequence">T + 1 rows of the N observed variables, T at least 1, with its external inputs if the model has any.</param>
    /// <param name="forcing">How the data guide the states.</param>
    /// <param name="options">Precision, burn-in and threads.</param>
    /// <exception cref="ArgumentException">The sequence does not fit the model, holds a missing value or is too long for the memory; the
    /// model is read by an affine map or an observation model; the forcing follows the network.</exception>
    public static SequenceGradient Of(
        RecurrentModel model, TimeSeries sequence, TeacherForcing forcing, SequenceGradientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(forcing);
        options ??= new();
        Check(model, sequence, forcing, options);
        return options.Precision == Precision.Float32
            ? Search<float>(model, sequence, forcing, options)
            : Search<double>(model, sequence, forcing, options);
    }

    // The first cut whose segments agree.
    private static SequenceGradient Search<T>(
        RecurrentModel model, TimeSeries sequence, TeacherForcing forcing, SequenceGradientOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int steps = sequence.Length - 1, lanes = RecurrentKernel<T>.Lanes, alignment = forcing is SparseTeacherForcing s ? s.Interval : 1;
        long bytes = SegmentedBackpropagation<T>.BytesOfStep(model);
        int overlap = options.BurnIn ?? FirstOverlap(model, forcing);
        for (double before = double.PositiveInfinity; ; overlap *= 2)
        {
            SegmentLayout layout = SegmentLayout.Of(steps, lanes, Math.Min(alignment, steps), Math.Min(overlap, steps), bytes);
            SequenceGradient found = Run<T>(model, sequence, forcing, options, layout, bytes);
            if (layout.Segments == 1 || options.BurnIn is not null || found.SeamError <= options.Agreement)
                return found;
            // What does not shrink by much when B doubles is not being forgotten.
            if (!(found.SeamError < before / 4) || overlap > steps / 4)
                return Run<T>(model, sequence, forcing, options, SegmentLayout.Whole(steps, lanes), bytes);
            before = found.SeamError;
        }
    }

    private static unsafe SequenceGradient Run<T>(
        RecurrentModel model,
        TimeSeries sequence,
        TeacherForcing forcing,
        SequenceGradientOptions options,
        SegmentLayout layout,
        long bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int threads = options.Threads is { } given ? Math.Min(given, layout.Blocks) : Math.Min(Environment.ProcessorCount, layout.Blocks);
        long memory = threads * bytes * layout.Kept, available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (memory > available)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"What is kept of {layout.Kept} steps takes {memory / 1e9:F1} GB, and there are {available / 1e9:F1}: take fewer steps."));
        double[] gradient = new double[model.Parameters.Count];
        T[] parameters = Array.ConvertAll(model.Parameters.Values.ToArray(), T.CreateTruncating);
        TimeSeries? inputs = model.Inputs > 0 ? model.Standardized(sequence.Inputs!) : null;
        using SegmentedBackpropagation<T> pass = SegmentedBackpropagation<T>.Create(model, forcing, layout, options.Team);
        fixed (double* x = sequence.Values, u = inputs is null ? [] : inputs.Values)
        fixed (T* p = parameters)
        {
            (double sum, double error) = pass.Run(p, new(x, u, sequence.Length), gradient);
            double terms = (double)layout.Steps * model.Observed;
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] /= terms;
            return new(sum / terms, gradient, layout, error);
        }
    }

    private static int FirstOverlap(RecurrentModel model, TeacherForcing forcing)
    {
        bool all = model.Latent == model.Observed;
        return forcing switch
        {
            SparseTeacherForcing or GeneralizedTeacherForcing { Alpha: 1 } when all => 0,
            GeneralizedTeacherForcing { Alpha: > 0 and < 1 } g when all
                => (int)Math.Min(1 << 20, Math.Ceiling(Math.Log(Forgotten) / Math.Log(1 - g.Alpha))),
            SparseTeacherForcing s => Math.Max(FirstGuess, (int)Math.Min(1 << 20, 4L * s.Interval)),
            _ => FirstGuess,
        };
    }

    private static void Check(RecurrentModel model, TimeSeries sequence, TeacherForcing forcing, SequenceGradientOptions options)
    {
        if (sequence.Dimension != model.Observed)
            throw new ArgumentException(
                $"The model observes {model.Observed} variables, the sequence has {sequence.Dimension}.", nameof(sequence));
        if (sequence.Length < 2)
            throw new ArgumentException("A sequence of 1 row predicts nothing: it takes 2 at least.", nameof(sequence));
        if (sequence.FindNonFinite() is { } found)
            throw new ArgumentException($"The sequence holds {found}: fill them, or take a stretch without.", nameof(sequence));
        if (model.IsAffine || model.Readout is not null)
            throw new ArgumentException(
                "The segments of a sequence are forced through the first units of a network, and this one is read in another way: "
                + "take Training.LossAndGradient for it.",
                nameof(model));
        if (forcing is AdaptiveTeacherForcing)
            throw new ArgumentException(
                "Adaptive forcing changes from update to update: give its present alpha as TeacherForcing.Generalized(alpha).",
                nameof(forcing));
        DrivenMap.Require(model, sequence.Inputs);
        if (options.BurnIn is < 0)
            throw new ArgumentException($"A burn-in of {options.BurnIn} steps cannot be: it takes 0 or more.", nameof(options));
        if (!(options.Agreement > 0))
            throw new ArgumentException($"The tolerance must be a positive number, not {options.Tolerance}.", nameof(options));
        if (options.Threads is < 1)
            throw new ArgumentException($"The number of threads must be positive, not {options.Threads}.", nameof(options));
    }
}
