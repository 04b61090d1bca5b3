using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The update of q(z): the responsibilities of the components for the rows of a design, and the
/// statistics that each component is given by them.
/// </summary>
internal sealed unsafe class ExpectationStep : IDisposable
{
    private const int TileRows = ResponsibilityKernel.TileRows;

    private readonly Mixture _mixture;
    private readonly MixtureDesign _design;
    private readonly int _threads, _padded;
    private readonly AlignedBuffer<double> _weights;
    private readonly ConcurrentBag<AlignedBuffer<double>> _panels = [];

    public ExpectationStep(Mixture mixture, MixtureDesign design, int threads)
    {
        (_mixture, _design, _threads) = (mixture, design, threads);
        _padded = ResponsibilityKernel.Padded(mixture.Components);
        _weights = new((long)_padded * design.Features);
        Result = new(mixture.Components, design);
    }

    /// <summary>Writes some responsibilities.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="responsibilities">Those of component k for row first + n go to k * 256 + n.</param>
    public delegate void Given(int first, int rows, Span<double> responsibilities);

    /// <summary>What the last responsibilities come to.</summary>
    public AssignedStatistics Result { get; }

    /// <summary>sum_n log sum_k exp(E[log pi_k] + E[log p(x_n | theta_k)] - log h(x_n)), of the last <see cref="Run"/>.</summary>
    public double LogNormalizer { get; private set; }

    /// <summary>Responsibilities from the posterior of the parameters.</summary>
    /// <param name="responsibilities">They are written here, N x K; null if nobody wants them.</param>
    public void Run(double[]? responsibilities = null)
    {
        Weigh();
        Do(new Pass(this, responsibilities, null));
    }

    /// <summary>Responsibilities that come from elsewhere.</summary>
    public void Take(Given given)
    {
        Do(new Pass(this, null, given));
        LogNormalizer = double.NaN;
    }

    public void Dispose()
    {
        _weights.Dispose();
        foreach (AlignedBuffer<double> panel in _panels)
            panel.Dispose();
    }

    // The weights of all statistics in the scores of all components; log pi_k is that of the 1.
    private void Weigh()
    {
        int features = _design.Features;
        Span<double> weights = _weights.Span;
        weights.Clear();
        double[] logs = _mixture.Weights.MeanLogs();
        for (int k = 0; k < _mixture.Components; k++)
            weights[k * features] = logs[k];
        for (int b = 0; b < _mixture.Posteriors.Count; b++)
        {
            BlockPosterior posterior = _mixture.Posteriors[b];
            int[] map = _design.Maps[b];
            double[] own = new double[map.Length];
            for (int k = 0; k < _mixture.Components; k++)
            {
                posterior.Weigh(k, _design.Origins[b], own);
                for (int s = 0; s < own.Length; s++)
                    weights[(k * features) + map[s]] += own[s];
            }
        }
    }

    private void Do(Pass pass)
    {
        if (_design.Ranks is { } ranks)
            pass.Exchange(ranks);
        else
            pass.DoOwn();
        // In the order of the parts, whoever did them.
        Result.Clear();
        LogNormalizer = 0;
        _design.Base.CopyTo(Result.Base, 0);
        for (int part = 0; part < _design.Parts; part++)
        {
            for (int i = 0; i < Result.Sums.Length; i++)
                Result.Sums[i] += pass.Sums[part][i];
            LogNormalizer += pass.LogNormalizers[part];
            Result.Entropy += pass.Entropies[part];
        }
    }

    private sealed class Pass(ExpectationStep step, double[]? responsibilities, Given? given) : ThreadTeam.IParts
    {
        public double[][] Sums { get; } = new double[step._design.Parts][];

        public double[] LogNormalizers { get; } = new double[step._design.Parts];

        public double[] Entropies { get; } = new double[step._design.Parts];

        private readonly int _own = step._design.OwnParts.First;
        private IOException? _fault;

        /// <summary>Does the parts that are here.</summary>
        public void DoOwn()
        {
            (int first, int end) = step._design.OwnParts;
            ThreadTeam.Do(this, end - first, step._threads);
            if (_fault is { } fault)
                ExceptionDispatchInfo.Throw(fault);
        }

        /// <summary>Does the parts that are here, and gets those of the others.</summary>
        public void Exchange(Communicator ranks)
        {
            int parts = step._design.Parts, each = step.Result.Sums.Length + 2;
            double[] all = new double[(long)parts * each];
            ranks.Exchange(
                () =>
                {
                    DoOwn();
                    (int first, int end) = step._design.OwnParts;
                    for (int part = first; part < end; part++)
                    {
                        Sums[part].CopyTo(all, (long)part * each);
                        (all[((part + 1L) * each) - 2], all[((part + 1L) * each) - 1]) = (LogNormalizers[part], Entropies[part]);
                    }
                },
                all,
                parts);
            for (int part = 0; part < parts; part++)
            {
                ReadOnlySpan<double> own = all.AsSpan(checked(part * each), each);
                Sums[part] = own[..^2].ToArray();
                (LogNormalizers[part], Entropies[part]) = (own[^2], own[^1]);
            }
        }

        // Responsibilities may be of rows in a file; what a thread of the team throws would end the process.
        public void Do(int index)
        {
            try
            {
                Assign(_own + index);
            }
            catch (IOException e)
            {
                _fault = e;
            }
        }

        private void Assign(int part)
        {
            MixtureDesign design = step._design;
            if (!step._panels.TryTake(out AlignedBuffer<double>? panel))
                panel = new((long)step._padded * TileRows);
            Sums[part] = new double[step.Result.Sums.Length];
            (int first, int end) = design.TilesOf(part);
            fixed (double* sums = Sums[part])
            {
                for (int tile = first; tile < end; tile++)
                {
                    int rows = design.RowsOf(tile);
                    (double normalizer, double entropy) = given is null
                        ? ResponsibilityKernel.Assign(
                            step._weights.Pointer, design.Tile(tile), step._mixture.Components, design.Features, rows, panel.Pointer)
                        : Take(tile, rows, panel);
                    LogNormalizers[part] += normalizer;
                    Entropies[part] += entropy;
                    ResponsibilityKernel.Accumulate(
                        panel.Pointer, design.Tile(tile), step._mixture.Components, design.Features, rows, sums);
                    if (responsibilities is not null)
                        Copy(tile, rows, panel);
                }
            }
            step._panels.Add(panel);
        }

        private (double LogNormalizer, double Entropy) Take(int tile, int rows, AlignedBuffer<double> panel)
        {
            panel.Clear();
            given!(tile * TileRows, rows, panel.Span);
            double entropy = 0;
            for (int k = 0; k < step._mixture.Components; k++)
                foreach (double r in panel.Span.Slice(k * TileRows, rows))
                    entropy -= r > 0 ? r * Math.Log(r) : 0;
            return (double.NaN, entropy);
        }

        private void Copy(int tile, int rows, AlignedBuffer<double> panel)
        {
            int components = step._mixture.Components;
            for (int n = 0; n < rows; n++)
                for (int k = 0; k < components; k++)
                    responsibilities![(((long)tile * TileRows + n) * components) + k] = panel.Pointer[(k * TileRows) + n];
        }
    }
}
