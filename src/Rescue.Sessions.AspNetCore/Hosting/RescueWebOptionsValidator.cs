using Microsoft.Extensions.Options;

namespace Rescue.Sessions.AspNetCore.Hosting;

internal sealed class RescueWebOptionsValidator : IValidateOptions<RescueWebOptions>
{
    public ValidateOptionsResult Validate(string? name, RescueWebOptions options)
    {
        var failures = new List<string>();
        if (options.Technician is null)
            failures.Add("RescueWebOptions.Technician is not set. Set it to a function from the signed-in ClaimsPrincipal to a Technician.");
        foreach (var (platform, file) in options.Applets)
        {
            if (!File.Exists(file) && !Directory.Exists(file))
                failures.Add($"RescueWebOptions.Applets[{platform}] names a file or folder that is not there. Publish the applet first, or leave the platform out.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
