using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Rescue.Sessions.AspNetCore.Json;
using Rescue.Sessions.AspNetCore.Problems;
using Rescue.Sessions.AspNetCore.Protection;

namespace Rescue.Sessions.AspNetCore.Settings;

/// <summary>Saves what a body has of a setting, and leaves the rest as whoever has set it last.</summary>
internal static class PartialSave
{
    /// <summary>Lays the body over what is set and saves that, once more where somebody else has saved in between.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The body's type.</param>
    /// <param name="example">A member that a body may have.</param>
    /// <param name="find">Finds what is set.</param>
    /// <param name="save">Saves on top of a version.</param>
    /// <param name="answer">The answer to what was to be saved.</param>
    public static async Task<IResult> RunAsync<TBody, TValue>(
        HttpContext context,
        JsonTypeInfo<TBody> type,
        string example,
        Func<Technician, CancellationToken, ValueTask<SettingsRead<TValue>>> find,
        Func<Technician, TValue, long?, CancellationToken, ValueTask<SettingsSave>> save,
        Func<SettingsSave, TValue, ValueTask<IResult>> answer)
        where TBody : class, IPartialBody<TValue>
    {
        var (body, refusal) = await JsonBody.ReadAsync(context, type, SettingsAnswer.MaxBody).ConfigureAwait(false);
        if (body is null)
            return refusal!;
        var (technician, aborted) = (TechnicianFilter.Of(context), context.RequestAborted);
        while (true)
        {
            var read = await find(technician, aborted).ConfigureAwait(false);
            if (read is not SettingsRead<TValue>.Found saved)
                return ProblemResults.Of(context, ((SettingsRead<TValue>.Refused)read).Reason);
            if (body.IsEmpty())
                return SettingsAnswer.Nothing(example);
            var value = body.Over(saved.Value);
            var result = await save(technician, value, body.Version ?? saved.Version?.Version ?? 0, aborted).ConfigureAwait(false);
            // Of that version its author has said nothing: it is laid over what holds now.
            if (body.Version is null && result is SettingsSave.Refused { Reason: Refusal.Outdated })
                continue;
            return await answer(result, value).ConfigureAwait(false);
        }
    }
}
