using Attractor.Data;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Learning;

/// <summary>The responsibilities of all rows of a source that is read in pieces.</summary>
internal sealed class FullBound : IDisposable
{
    private const int Piece = 1 << 16;

    private readonly IRowSource _rows;
    private readonly int _threads;
    private readonly MixtureDesign _design;
    private readonly ExpectationStep _step;
    private readonly AssignedStatistics _total;

    public FullBound(Mixture mixture, IRowSource rows, int threads, Communicator? ranks = null)
    {
        (_rows, _threads) = (rows, threads);
        _design = new(mixture.Blocks, rows, (int)Math.Min(Piece, rows.Count), ranks);
        _step = new(mixture, _design, threads);
        _total = new(mixture.Components, _design);
    }

    /// <summary>The responsibilities of the mixture as it is, of all rows.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public AssignedStatistics Of(CancellationToken cancellationToken)
    {
        _total.Clear();
        for (long first = 0; first < _rows.Count; first += Piece)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _design.Fill(_rows, first, (int)Math.Min(Piece, _rows.Count - first), _threads);
            _step.Run();
            _total.Add(_step.Result);
        }
        return _total;
    }

    public void Dispose()
    {
        _step.Dispose();
        _design.Dispose();
    }
}
