using Attractor.Models;

namespace Attractor.Forecasting;

/// <summary>A DynaMix model, whose weights are the user's: it is registered by nobody, and named in the options.</summary>
/// <param name="model">The model.</param>
/// <param name="noise">What its noise is multiplied by: 1 as published, 0 for the deterministic map.</param>
/// <param name="seed">Seed of the noise.</param>
/// <remarks>
/// Of fewer variables than the model takes the others are made (<see cref="ContextEmbedding"/>), of more each is continued by itself.
/// </remarks>
public sealed class DynaMixCandidate(DynaMixModel model, double noise = 1, ulong seed = 0) : ForecastCandidate
{
    private readonly DynaMixModel _model = model ?? throw new ArgumentNullException(nameof(model));

    /// <inheritdoc/>
    public override string Name => "dynamix";

    /// <inheritdoc/>
    public override string Description => "DynaMix, a zero-shot foundation model";

    /// <inheritdoc/>
    public override IReadOnlyList<ForecastSetting> Settings(ForecastContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int n = context.Measured.Dimension;
        return n == _model.Observed
            ? [new("")]
            : n < _model.Observed
            ? [.. Enum.GetValues<ContextEmbeddingKind>().Select(kind => new EmbeddingSetting(kind))]
            : [new EmbeddingSetting(ContextEmbeddingKind.Delay)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(settings);
        // Of equals the last.
        TimeSeries context = pieces.Reverse().MaxBy(piece => piece.Length)!;
        return [.. settings.Select(setting => (IForecaster?)(context.Dimension <= _model.Observed
            ? new Embedded(_model, context, (setting as EmbeddingSetting)?.Kind, noise, seed)
            : new EachAlone(_model, context, noise, seed)))];
    }

    private sealed record EmbeddingSetting(ContextEmbeddingKind Kind) : ForecastSetting(Kind switch
    {
        ContextEmbeddingKind.Delay => "delay embedding",
        ContextEmbeddingKind.Positional => "positional embedding",
        _ => "filled up with zeros",
    });

    private sealed class Embedded : IForecaster
    {
        private readonly DynaMixModel _model;
        private readonly TimeSeries _context;
        private readonly ContextEmbedding? _embedding;
        private readonly double _noise;
        private readonly ulong _seed;
        private readonly int _variables;

        public Embedded(DynaMixModel model, TimeSeries context, ContextEmbeddingKind? kind, double noise, ulong seed)
        {
            (_model, _noise, _seed, _variables) = (model, noise, seed, context.Dimension);
            _embedding = kind is { } known ? ContextEmbedding.For(context, model.Observed, known) : null;
            _context = _embedding?.Apply(context) ?? context;
        }

        public int WarmUp => _embedding?.Dropped ?? 0;

        public double StepCost => _model.StepCost(_context.Length);

        public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
        {
            TimeSeries orbit = _model.Continue(_context, steps, _noise, _seed, Start(history), cancellationToken);
            return new(
                orbit.Columns([.. Enumerable.Range(0, _variables)]).Values.ToArray(), _variables, history.Dt, history.Names)
            {
                Standardization = history.Standardization
            };
        }

        private ReadOnlySpan<double> Start(TimeSeries history)
        {
            ReadOnlySpan<double> last = history.Row(history.Length - 1);
            if (_embedding is null)
                return last;
            if (_embedding.Kind is ContextEmbeddingKind.Delay)
                return _embedding.Apply(history.Slice(history.Length - 1 - WarmUp, WarmUp + 1)).Row(0);
            // What is made up is that of the row of the context which is nearest in what is known.
            int nearest = 0;
            double least = double.PositiveInfinity;
            for (int t = 0; t < _context.Length; t++)
            {
                double distance = 0;
                for (int n = 0; n < _variables; n++)
                    distance += (_context[t, n] - last[n]) * (_context[t, n] - last[n]);
                if (distance <= least)
                    (least, nearest) = (distance, t);
            }
            double[] start = _context.Row(nearest).ToArray();
            last.CopyTo(start);
            return start;
        }
    }

    private sealed class EachAlone(DynaMixModel model, TimeSeries context, double noise, ulong seed) : IForecaster
    {
        private readonly Embedded[] _alone = [.. Enumerable.Range(0, context.Dimension).Select(
            n => new Embedded(model, context.Columns([n]), ContextEmbeddingKind.Delay, noise, seed + (ulong)n))];

        public int WarmUp => _alone.Max(one => one.WarmUp);

        public double StepCost => _alone.Sum(one => one.StepCost);

        public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
        {
            double[] values = new double[checked(steps * history.Dimension)];
            for (int n = 0; n < _alone.Length; n++)
            {
                TimeSeries orbit = _alone[n].Continue(history.Columns([n]), steps, cancellationToken);
                for (int t = 0; t < steps; t++)
                    values[(t * _alone.Length) + n] = orbit[t, 0];
            }
            return new(values, _alone.Length, history.Dt, history.Names) { Standardization = history.Standardization };
        }
    }
}
