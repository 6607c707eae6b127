using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Postings;

/// <summary>Staff see who is posted where; officers, who place them, write it down.</summary>
public static class PostingPolicy
{
    public static bool CanSeePostings(this CurrentPerson person) => person.IsStaff;

    public static bool CanChangePostings(this CurrentPerson person) => person.IsOfficer;
}
