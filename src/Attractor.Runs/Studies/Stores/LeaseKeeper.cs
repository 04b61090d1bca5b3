using System.Diagnostics;

namespace Attractor.Runs;

/// <summary>Renews the lease of a trial while somebody works on it, and knows when it is gone.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    // A lease is renewed three times before it is over.
    private const int Renewals = 3;

    // Of a lease: what is left of it when writing ends, for the time that a write takes.
    private const double Margin = 0.1;

    private readonly StudyStore _store;
    private readonly TrialLease _lease;
    private readonly TimeSpan _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly Timer _timer;
    private long _renewed = Stopwatch.GetTimestamp();
    private int _renewing;

    public LeaseKeeper(StudyStore store, TrialLease lease, TimeSpan time)
    {
        (_store, _lease, _time) = (store, lease, time);
        TimeSpan interval = time / Renewals;
        _timer = new(_ => Renew(), null, interval, interval);
    }

    /// <summary>Cancelled once the trial is another worker's, or may be.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Refuses to go on where the trial may be another worker's.</summary>
    /// <exception cref="LeaseLostException">It may be.</exception>
    public void Require()
    {
        if (_lost.IsCancellationRequested || Stopwatch.GetElapsedTime(Volatile.Read(ref _renewed)) > _time * (1 - Margin))
        {
            _lost.Cancel();
            throw new LeaseLostException(_lease.Number);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using ManualResetEvent done = new(false);
        if (_timer.Dispose(done))
            done.WaitOne();
        _lost.Dispose();
    }

    private void Renew()
    {
        if (Interlocked.Exchange(ref _renewing, 1) != 0)
            return;
        try
        {
            // What counts is when it was asked for, not when the answer came.
            long asked = Stopwatch.GetTimestamp();
            _store.Renew(_lease, _time);
            Volatile.Write(ref _renewed, asked);
        }
        catch (LeaseLostException)
        {
            _lost.Cancel();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // The store may answer next time; if it does not in time, the lease is over.
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }
}
