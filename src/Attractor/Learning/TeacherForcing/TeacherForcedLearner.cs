using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Teacher-forced training as the loop sees it: a stretch is the updates up to the next multiple of a hundred.</summary>
/// <param name="trainer">Makes the updates.</param>
/// <param name="options">Say how many, and how the model is selected.</param>
/// <param name="scratch">A model of the kind that is trained, whose parameters are set to those of the candidates; null where none is
/// selected.</param>
/// <param name="selected">The best candidate of the part of the training that was done before.</param>
internal sealed class TeacherForcedLearner(Trainer trainer, TrainingOptions options, RecurrentModel? scratch, SelectedState? selected)
    : Learner<TrainingState, LossPoint>
{
    private const int StretchLength = 100;

    private double _loss;
    private SelectedState? _selected = selected;

    public override long Done => trainer.Update;

    public override long Steps => options.Updates;

    public override double Loss => _loss;

    public override double LearningRate => trainer.LearningRate;

    public override TrainingEnding? Ending => trainer.Update < options.Updates ? null : TrainingEnding.Completed;

    public override bool Step(LearningLoop<TrainingState, LossPoint> loop)
    {
        long start = trainer.Update, end = Math.Min(options.Updates, ((start / StretchLength) + 1) * StretchLength);
        double sum = 0;
        while (trainer.Update < end && !loop.CancellationToken.IsCancellationRequested && double.IsFinite(sum))
            sum += trainer.Step();
        _loss = sum / Math.Max(1, trainer.Update - start);
        if (trainer.Update < end || !double.IsFinite(sum) || !trainer.ParametersAreFinite())
            return false;
        if (options.Selection is { } selection && selection.IsDue(start, trainer.Update, options.Updates) && !Select(selection, loop))
            return false;
        loop.Add(new(trainer.Update, _loss, trainer.LearningRate, loop.Seconds) { Alpha = trainer.Alpha });
        return true;
    }

    public override void Keep() => trainer.Keep();

    public override void Restore() => trainer.Restore();

    public override TrainingState Export(int divergences) => trainer.Export(divergences) with { Selected = _selected };

    public override string Slow()
    {
        trainer.LearningRateScale /= 2;
        return $"update {trainer.Update}";
    }

    // Judges the present state; false if that was broken off.
    private bool Select(StateSelection selection, LearningLoop<TrainingState, LossPoint> loop)
    {
        TrainingState candidate = trainer.Peek();
        scratch!.Parameters.Set(candidate.Parameters);
        int? tried = candidate.Update < options.Updates ? selection.DrawsTried(candidate.Update) : null;
        double lowest = _selected?.Lowest ?? double.PositiveInfinity, limit = (tried is null ? selection.Slack : 1) * lowest, score;
        try
        {
            score = selection.Score.Of(scratch!, limit, loop.CancellationToken);
        }
        catch (OperationCanceledException) when (loop.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
        if (score < limit)
            _selected = new(candidate.Update, score, Math.Min(score, lowest), candidate.Parameters, candidate.Moments, 0);
        else if (tried is null && _selected is { } held)
            Weigh(held, score, selection, loop);
        if (tried is { } draws)
            Begin(draws, candidate, selection, loop);
        return true;
    }

    // Another beginning, or the best of them. Moments are those of the last: there is no better guess of the scale of the gradients.
    private void Begin(int tried, TrainingState candidate, StateSelection selection, LearningLoop<TrainingState, LossPoint> loop)
    {
        if (tried < selection.Draws)
        {
            trainer.GoBack(selection.Draw!(tried), candidate.Moments);
        }
        else if (_selected is { } best && best.Update < candidate.Update)
        {
            trainer.GoBack(best.Parameters, best.Moments);
            loop.Report(
                $"Of {selection.Draws} beginnings the training goes on with that of update {best.Update}, which runs best on its own.");
        }
    }

    private void Weigh(SelectedState held, double score, StateSelection selection, LearningLoop<TrainingState, LossPoint> loop)
    {
        int strikes = score <= selection.Tolerance * held.Lowest ? 0 : held.Strikes + 1;
        if (strikes >= selection.Patience && trainer.Update < options.Updates)
        {
            trainer.GoBack(held.Parameters, held.Moments);
            loop.Report($"The network left the attractor: back to the state of update {held.Update}, and on from there.");
            strikes = 0;
        }
        _selected = held with { Strikes = strikes };
    }
}
